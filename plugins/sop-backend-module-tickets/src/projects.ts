import { InputError } from '@backstage/errors';

/** @throws InputError when a project is not one of those that are listed. */
export function checkProject(project: string, projects: string[]): void {
  if (!projects.includes(project)) {
    throw new InputError(
      `project: found "${project.slice(0, 100)}"; allowed: ${projects.join(
        ', ',
      )}`,
    );
  }
}
