import { ConflictError, InputError, NotAllowedError } from '@backstage/errors';
import { COMMANDER } from '../policy/types';
import { optionalText, requirePerson, requiredText, role } from './checks';
import { IncidentCommand } from './commands';
import {
  cancelObligations,
  satisfy,
  satisfyOne,
  startOffer,
} from './obligations';
import { Recorder } from './Recorder';
import { IncidentActor } from './types';
import { nameOf } from '../view/names';

type RoleCommand = Extract<IncidentCommand, { role: string }>;

/** Roles pass by acceptance only: nobody holds one without having said so. */
export function handleRole(
  recorder: Recorder,
  command: RoleCommand,
  actor: IncidentActor,
): void {
  const name = role(command.role, recorder.facts);
  const me = requirePerson(actor, 'A role');
  switch (command.type) {
    case 'take-role':
      take(recorder, name, me, command.reason);
      break;
    case 'offer-role':
      offer(recorder, name, me, command.person);
      break;
    case 'accept-role':
      accept(recorder, name, me);
      break;
    case 'decline-role':
      decline(recorder, name, me, command.reason);
      break;
    default:
      release(recorder, name, me, command.reason);
  }
}

function take(
  recorder: Recorder,
  name: string,
  me: string,
  reason: string | undefined,
): void {
  const holder = recorder.state.roles[name]?.holder;
  if (holder === me) {
    throw new ConflictError(`You hold the role ${name} already`);
  }
  endOffer(recorder, name, 'Somebody took the role');
  const by = recorder.emit('role.taken', {
    role: name,
    from: holder,
    // Who takes a role away from somebody says why.
    reason: holder
      ? requiredText(
          reason,
          `reason (${nameOf(holder)} holds the role ${name})`,
        )
      : optionalText(reason, 'reason'),
  });
  if (name === COMMANDER) {
    satisfy(recorder, 'commander', by);
  }
}

function offer(
  recorder: Recorder,
  name: string,
  me: string,
  person: string,
): void {
  const { state } = recorder;
  const holder = state.roles[name]?.holder;
  if (!/^user:[^/]+\/[^/]+$/.test(person)) {
    throw new InputError(
      `person is ${JSON.stringify(
        person,
      )}; allowed are refs of people such as "user:default/name"`,
    );
  }
  const commander = state.roles[COMMANDER]?.holder;
  if (holder && me !== holder && me !== commander) {
    throw new NotAllowedError(
      `The role ${name} can be offered by ${nameOf(
        holder,
      )}, who holds it, or by the commander`,
    );
  }
  if (person === holder) {
    throw new ConflictError(`${nameOf(person)} holds the role ${name} already`);
  }
  if (person === me) {
    throw new InputError(
      `person is yourself; you can take the role ${name} without an offer`,
    );
  }
  endOffer(recorder, name, 'The role was offered to somebody else');
  const clock = startOffer(recorder, name);
  recorder.emit('role.offered', { role: name, to: person, ...clock });
}

function accept(recorder: Recorder, name: string, me: string): void {
  const current = recorder.state.roles[name];
  assertOffered(name, me, current?.offer?.to);
  const obligation = recorder.state.obligations.find(
    one => one.obligationId === current?.offer?.obligationId,
  );
  const by = recorder.emit('role.accepted', {
    role: name,
    from: current?.holder,
  });
  if (obligation) {
    satisfyOne(recorder, obligation, by);
  }
  if (name === COMMANDER) {
    satisfy(recorder, 'commander', by);
  }
}

function decline(
  recorder: Recorder,
  name: string,
  me: string,
  reason: string | undefined,
): void {
  const current = recorder.state.roles[name]?.offer;
  if (current && current.by === me) {
    endOffer(recorder, name, 'The offer was withdrawn');
    return;
  }
  assertOffered(name, me, current?.to);
  const obligationId = current?.obligationId;
  recorder.emit('role.declined', {
    role: name,
    reason: optionalText(reason, 'reason'),
  });
  if (obligationId) {
    recorder.derive('obligation.cancelled', {
      obligationId,
      reason: 'The offer was declined',
    });
  }
}

function release(
  recorder: Recorder,
  name: string,
  me: string,
  reason: string | undefined,
): void {
  const holder = recorder.state.roles[name]?.holder;
  if (holder !== me) {
    throw new NotAllowedError(
      holder
        ? `Only ${nameOf(holder)}, who holds the role ${name}, can lay it down`
        : `Nobody holds the role ${name}`,
    );
  }
  if (name === COMMANDER) {
    throw new ConflictError(
      'Command is not laid down: offer it to somebody, and it is yours until they accept',
    );
  }
  endOffer(recorder, name, 'The role was laid down');
  recorder.emit('role.released', {
    role: name,
    reason: optionalText(reason, 'reason'),
  });
}

function assertOffered(name: string, me: string, to: string | undefined): void {
  if (!to) {
    throw new ConflictError(`The role ${name} is offered to nobody`);
  }
  if (to !== me) {
    throw new NotAllowedError(
      `The role ${name} is offered to ${nameOf(to)}; nobody else can answer`,
    );
  }
}

/** Takes a pending offer off the table. */
function endOffer(recorder: Recorder, name: string, reason: string): void {
  const current = recorder.state.roles[name]?.offer;
  if (current) {
    recorder.emit('role.offer-withdrawn', { role: name, to: current.to });
    recorder.derive('obligation.cancelled', {
      obligationId: current.obligationId,
      reason,
    });
  }
}

/** Offers end with the incident. */
export function endAllOffers(recorder: Recorder, reason: string): void {
  for (const [name, { offer: current }] of Object.entries(
    recorder.state.roles,
  )) {
    if (current) {
      recorder.derive('role.offer-withdrawn', { role: name, to: current.to });
    }
  }
  cancelObligations(recorder, reason, ['offer']);
}
