import { decideControl } from './decide';
import { evolveControl, newControl } from './evolve';
import { ControlStanding, standingOf } from './standing';
import {
  ControlEvent,
  ControlState,
  DocumentCommand,
  DocumentFacts,
  FiledRevision,
  Signer,
} from './types';

const MEMBERS: Record<string, string[]> = {
  'group:default/engineering': ['eve', 'both'],
  'group:default/operations': ['olu', 'both'],
  'group:default/ops': ['owner'],
};

/** A person of the tests with their groups. */
export function signer(name: string): Signer {
  const groups = Object.keys(MEMBERS).filter(group =>
    MEMBERS[group].includes(name),
  );
  const ref = `user:default/${name}`;
  return {
    ref,
    kind: 'user',
    ownershipEntityRefs: [ref, ...groups],
    name: `${name[0].toLocaleUpperCase('en')}${name.slice(1)} Example`,
  };
}

/** A file with two approvers, or what `more` says. */
export function filed(
  hash: string,
  more: Partial<FiledRevision> = {},
): FiledRevision {
  return {
    hash,
    title: 'SOP-9 Test',
    number: 'SOP-9',
    label: '1',
    intention: 'effective',
    owner: 'group:default/ops',
    approvers: ['group:default/engineering', 'group:default/operations'],
    ...more,
  };
}

/** Plays the document control of one procedure, with a clock of its own. */
export class Document {
  state: ControlState = newControl('sop:default/test');
  events: ControlEvent[] = [];
  now = Date.parse('2026-11-02T09:00:00.000Z');

  file(revision: FiledRevision): this {
    return this.run({ type: 'file', revision });
  }

  sign(by: string, hash: string, more: object = {}): this {
    return this.do(by, {
      type: 'sign',
      hash,
      meaning: 'approval',
      reason: 'Right',
      ...more,
    });
  }

  do(by: string | Signer, command: DocumentCommand): this {
    const actor = typeof by === 'string' ? signer(by) : by;
    return this.run(command, { actor });
  }

  run(command: DocumentCommand, facts: Partial<DocumentFacts> = {}): this {
    this.now += 1000;
    const events = decideControl(this.state, command, {
      now: this.instant,
      ...facts,
    });
    this.events.push(...events);
    this.state = events.reduce(evolveControl, this.state);
    return this;
  }

  wait(days: number): this {
    this.now += days * 86_400_000;
    return this;
  }

  get instant(): string {
    return new Date(this.now).toISOString();
  }

  get standing(): ControlStanding {
    return standingOf(this.state, this.instant);
  }

  /** Hash of the revision in force. */
  get effective(): string | undefined {
    return this.standing.effective?.revision.hash;
  }

  status(hash: string): string | undefined {
    return this.standing.revisions.find(one => one.revision.hash === hash)
      ?.status;
  }
}
