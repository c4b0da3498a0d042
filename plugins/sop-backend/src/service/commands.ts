import { JsonValue } from '@backstage/types';
import {
  CommandBody,
  HumanCommand,
  ProcedureProblem,
  TourFinishedCommand,
} from '@handrail/plugin-sop-common';
import { problemError } from './errors';

type Field = Exclude<keyof CommandBody, 'type'>;

const TASK: Field[] = ['stepId', 'taskVersion'];

/** A report of the onboarding back end about one person. */
export type TourReport = TourFinishedCommand & { userRef: string };

/** What each command needs and what it may have besides. */
const FIELDS: Record<
  CommandBody['type'],
  { required: Field[]; optional: Field[] }
> = {
  claim: { required: TASK, optional: [] },
  release: { required: TASK, optional: [] },
  complete: { required: TASK, optional: ['evidence', 'comment'] },
  vote: { required: [...TASK, 'decision'], optional: ['reason'] },
  accept: { required: TASK, optional: ['comment'] },
  return: { required: [...TASK, 'reason'], optional: [] },
  'report-failure': { required: [...TASK, 'reason'], optional: [] },
  'resolve-doubt': { required: [...TASK, 'outcome', 'reason'], optional: [] },
  'break-glass': { required: [...TASK, 'skips', 'reason'], optional: [] },
  retry: { required: TASK, optional: ['reason'] },
  compensate: { required: ['reason'], optional: [] },
  fail: { required: ['reason'], optional: [] },
  cancel: { required: ['reason'], optional: ['compensate'] },
  'tour-finished': {
    required: ['stepId', 'userRef', 'tour', 'tourVersion', 'finishedAt'],
    optional: [],
  },
};

/**
 * A command from the API as the engine knows it.
 * @throws InputError with `problems` when it lacks something or brings
 * something that this kind of command does not know.
 */
export function readCommand(body: CommandBody): HumanCommand | TourReport {
  const { required, optional } = FIELDS[body.type];
  const given = (Object.keys(body) as Array<keyof CommandBody>).filter(
    key => key !== 'type' && body[key] !== undefined,
  ) as Field[];
  const problems: ProcedureProblem[] = [
    ...required
      .filter(field => !given.includes(field))
      .map(field => ({
        path: `command.${field}`,
        message: `required with "${body.type}"`,
        found: 'nothing',
      })),
    ...given
      .filter(field => !required.includes(field) && !optional.includes(field))
      .map(field => ({
        path: `command.${field}`,
        message: `not known to "${body.type}"`,
        found: field,
        allowed: [...required, ...optional].join(', '),
      })),
  ];
  if (problems.length > 0) {
    throw problemError('The command is not acceptable', problems);
  }
  // What each type requires was checked just now.
  return body as CommandBody & {
    evidence?: Record<string, JsonValue>;
  } as HumanCommand | TourReport;
}
