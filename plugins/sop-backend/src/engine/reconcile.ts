import { JsonObject, JsonValue } from '@backstage/types';
import { ActionsClient } from './ActionInvoker';

/** A call that was made and of whose outcome nothing is known. */
export interface LostCall {
  action: string;
  input: JsonObject;
  /** The same for every try of one attempt of a step. */
  idempotencyKey: string;
}

const EXECUTE_TEMPLATE = 'scaffolder:execute-template';
const LIST_TASKS = 'scaffolder:list-scaffolder-tasks';

/** Actions that keep an `idempotencyKey` of their input in what they make. */
const CREATE_TICKET = 'sop:create-ticket';
const FIND_TICKET = 'sop:find-ticket';
const KEEP_KEY = [CREATE_TICKET, 'sop:comment-ticket'];

/** The value of a scaffolder task that tells which call asked for it. */
export const KEY_VALUE = 'sopIdempotencyKey';

/** Tasks in one request, and requests: the newest tasks come first. */
const PAGE = 200;
const MAX_PAGES = 25;

/**
 * The input as it is sent: where the receiver keeps it, the idempotency key goes
 * along, so that what came of a lost call can be found out.
 */
export function withIdempotencyKey(call: LostCall): JsonObject {
  const { action, input, idempotencyKey } = call;
  if (KEEP_KEY.includes(action)) {
    return { idempotencyKey, ...input };
  }
  return action === EXECUTE_TEMPLATE
    ? {
        ...input,
        values: {
          ...(input.values as JsonObject | undefined),
          [KEY_VALUE]: idempotencyKey,
        },
      }
    : input;
}

/**
 * Finds out what a lost call led to.
 * @returns what it would have answered, or nothing when that cannot be told
 */
export async function reconcile(
  call: LostCall,
  actions: ActionsClient,
): Promise<{ output: JsonValue } | undefined> {
  if (call.action === CREATE_TICKET) {
    return findTicket(call, actions);
  }
  if (call.action !== EXECUTE_TEMPLATE) {
    return undefined;
  }
  for (let page = 0; page < MAX_PAGES; page++) {
    const { tasks, totalTasks } = readTasks(
      await actions.call(LIST_TASKS, { limit: PAGE, offset: page * PAGE }),
    );
    const task = tasks.find(one => keyOf(one.spec) === call.idempotencyKey);
    if (task) {
      return { output: { taskId: task.id } };
    }
    if ((page + 1) * PAGE >= totalTasks) {
      break;
    }
  }
  // That there is none proves nothing: the order may still be on its way.
  return undefined;
}

async function findTicket(
  call: LostCall,
  actions: ActionsClient,
): Promise<{ output: JsonValue } | undefined> {
  const { system, project, idempotencyKey } = withIdempotencyKey(call);
  const { found, key, url, title } = ((await actions.call(FIND_TICKET, {
    system,
    project,
    idempotencyKey,
  })) ?? {}) as JsonObject;
  // That there is none proves nothing here either: the search lags behind.
  return found === true
    ? { output: { key, url, title, created: true } }
    : undefined;
}

interface ScaffolderTask {
  id: string;
  spec: unknown;
}

function readTasks(output: JsonValue): {
  tasks: ScaffolderTask[];
  totalTasks: number;
} {
  const { tasks, totalTasks } = (output ?? {}) as {
    tasks?: ScaffolderTask[];
    totalTasks?: number;
  };
  return { tasks: tasks ?? [], totalTasks: totalTasks ?? 0 };
}

function keyOf(spec: unknown): unknown {
  return (spec as { parameters?: JsonObject } | null)?.parameters?.[KEY_VALUE];
}
