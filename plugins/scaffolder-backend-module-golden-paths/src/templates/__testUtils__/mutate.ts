import { LoadedTemplate } from '../../__testUtils__';

/**
 * A copy of a template in which a text of one file is another. Without `from` the
 * file is written anew.
 * @throws Error when the file or the text is not there
 */
export function mutate(
  template: LoadedTemplate,
  path: string,
  from: string | undefined,
  to: string,
): LoadedTemplate {
  const others = template.contents.filter(file => file.path !== path);
  const file = template.contents.find(candidate => candidate.path === path);
  const text =
    file && Buffer.from(file.base64Content, 'base64').toString('utf8');
  if (from !== undefined && !text?.includes(from)) {
    throw new Error(`${path} has no ${JSON.stringify(from)}`);
  }
  const changed = from === undefined ? to : text!.replace(from, () => to);
  const base64Content = Buffer.from(changed).toString('base64');
  return { ...template, contents: [...others, { path, base64Content }] };
}
