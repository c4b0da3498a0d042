import {
  SopRunQuery,
  SopRunResource,
  SopTaskQuery,
  SopTaskResource,
} from './resources';

/** Values of a run's property; none when it has none. */
function runValues(run: SopRunResource, key: SopRunQuery['key']): string[] {
  switch (key) {
    case 'potentialOwners':
      return run.potentialOwners;
    case 'targetKind':
      return run.targetRef ? [run.targetRef.split(':')[0]] : [];
    default:
      return [run[key] ?? []].flat();
  }
}

/**
 * Whether a run fits a query. Says the same in memory as the SQL of the back
 * end says about rows.
 * @public
 */
export function matchesRun(run: SopRunResource, query: SopRunQuery): boolean {
  return runValues(run, query.key).some(value => query.values.includes(value));
}

/** Whether a task fits a query about itself or its run. @public */
export function matchesTask(
  task: SopTaskResource,
  query: SopRunQuery | SopTaskQuery,
): boolean {
  if (query.of === 'run') {
    return matchesRun(task.run, query);
  }
  return [task[query.key] ?? []]
    .flat()
    .some(value => query.values.includes(value));
}
