import fc from 'fast-check';
import { JsonValue } from '@backstage/types';
import { decide } from '../engine/decide';
import { evolve } from '../engine/evolve';
import { checkEvidence } from '../engine/evidence';
import { openTasks } from '../engine/queries';
import { MEMBERS, person, policyOf, specOf } from '../engine/testUtils';
import { AnyRunEvent, HumanCommand, RunState } from '../engine/types';
import { PolicyRevision, PolicySteps, SopPolicySpec } from '../model/policy';
import { ApprovalStep, EvidenceField, SopSpec, SopStep } from '../model/types';
import { effectiveSpec } from './effectiveSpec';

const RUNS = process.env.HANDRAIL_FULL ? 20_000 : 600;
const PEOPLE = ['ana', 'dev', 'ben', 'cho', 'dia', 'olu', 'zoe'];

const maybe = <T>(arbitrary: fc.Arbitrary<T>) =>
  fc.option(arbitrary, { nil: undefined });

function compact<T extends object>(value: T): T {
  return Object.fromEntries(
    Object.entries(value).filter(([, one]) => one !== undefined),
  ) as T;
}

const field: fc.Arbitrary<EvidenceField> = fc.oneof(
  fc
    .record({
      id: fc.constantFrom('rows', 'cost'),
      kind: fc.constant('number' as const),
      required: maybe(fc.boolean()),
      integer: maybe(fc.boolean()),
      minimum: maybe(fc.integer({ min: 0, max: 3 })),
      maximum: maybe(fc.integer({ min: 2, max: 6 })),
    })
    .map(compact),
  fc
    .record({
      id: fc.constantFrom('ticket', 'rows'),
      kind: fc.constant('text' as const),
      required: maybe(fc.boolean()),
      pattern: maybe(fc.constantFrom('[A-Z]', 'A|B')),
      maxLength: maybe(fc.constantFrom(1, 5)),
    })
    .map(compact),
  fc
    .record({
      id: fc.constantFrom('risk', 'ticket'),
      kind: fc.constant('choice' as const),
      required: maybe(fc.boolean()),
      options: fc.constantFrom<string[]>(['A', 'B'], ['B'], ['C']),
    })
    .map(compact),
);
const fields = fc.uniqueArray(field, { selector: one => one.id, maxLength: 3 });
const excluded = fc.uniqueArray(
  fc.constantFrom(
    'initiator',
    'actor:script',
    'user:default/ben',
    'group:default/developers',
  ),
  { minLength: 1, maxLength: 3 },
);

/** A procedure with the rules that policies can tighten. */
const procedure: fc.Arbitrary<SopSpec> = fc
  .record({
    evidence: maybe(fields),
    workExcludes: maybe(excluded),
    excludedOwners: maybe(excluded),
    quorum: maybe(
      fc.constantFrom<number | 'all' | 'majority'>(1, 2, 'all', 'majority'),
    ),
    veto: maybe(fc.boolean()),
    reason: maybe(
      fc.constantFrom<'always' | 'on-reject' | 'optional'>(
        'always',
        'on-reject',
        'optional',
      ),
    ),
    tags: maybe(fc.constant(['danger'])),
  })
  .map(({ evidence, workExcludes, tags, ...approval }) =>
    specOf([
      compact({
        id: 'script',
        type: 'manual',
        name: 'Script',
        role: 'dev',
        evidence,
        excludedOwners: workExcludes,
        tags,
      }) as SopStep,
      compact({
        id: 'review',
        type: 'approval',
        name: 'Review',
        role: 'reviewer',
        ...approval,
      }) as SopStep,
    ]),
  );

const policySpec: fc.Arbitrary<Partial<SopPolicySpec>> = fc
  .record({
    minQuorum: maybe(fc.integer({ min: 1, max: 4 })),
    excludedOwners: maybe(
      fc.oneof(excluded, fc.constant<string[]>(['actor:*', 'initiator'])),
    ),
    requireEvidence: maybe(fields),
    requireReason: maybe(fc.constant(true as const)),
    steps: maybe(
      fc.constantFrom<PolicySteps>(
        { types: ['manual', 'approval'] },
        { ids: ['script'] },
        { tags: ['danger'] },
      ),
    ),
  })
  .map(compact);
const policies = fc.array(policySpec, { maxLength: 3 }).map(list =>
  list.map((one, index) => ({
    ...policyOf(`p${index}`, one),
    // As real hashes: another content has another, also while shrinking.
    hash: `${index} ${JSON.stringify(one)}`,
  })),
);

const move = fc.record({
  by: fc.constantFrom(...PEOPLE),
  decision: fc.constantFrom(
    'approve' as const,
    'approve' as const,
    'approve' as const,
    'reject' as const,
  ),
  /** Mostly what is asked for, as pure chance would hardly ever meet it. */
  fill: fc.integer({ min: 0, max: 4 }).map(n => n > 0),
  reason: fc.constantFrom('because', 'because', ''),
  evidence: fc.dictionary(
    fc.constantFrom('rows', 'cost', 'ticket', 'risk', 'rows_p0', 'ticket_p1'),
    fc.constantFrom<JsonValue>(0, 2, 3.5, 7, 'A', 'B', 'AAAAAA', 'C'),
  ),
});
type Move = typeof move extends fc.Arbitrary<infer T> ? T : never;

const CANDIDATES: JsonValue[] = ['A', 'B', 'C', 0, 1, 2, 3, 5];

/** The first values that each field takes. */
function fillIn(asked: EvidenceField[] = []): Record<string, JsonValue> {
  return Object.fromEntries(
    asked.flatMap(one => {
      const value = CANDIDATES.find(
        candidate => checkEvidence([one], { [one.id]: candidate }).length === 0,
      );
      return value === undefined ? [] : [[one.id, value]];
    }),
  );
}

function commandOf(
  state: RunState,
  spec: SopSpec,
  { decision, reason, fill, evidence: any }: Move,
): HumanCommand | undefined {
  const script = spec.steps[0] as { evidence?: EvidenceField[] };
  const evidence = fill ? fillIn(script.evidence) : any;
  const [task] = openTasks(state, spec);
  if (!task) {
    return undefined;
  }
  const at = { stepId: task.stepId, taskVersion: task.version };
  return task.type === 'approval'
    ? { type: 'vote', ...at, decision, reason }
    : { type: 'complete', ...at, evidence };
}

/** The same command with nothing that only a policy asks for. */
function withoutExtra(command: HumanCommand, spec: SopSpec): HumanCommand {
  if (command.type !== 'complete') {
    return command;
  }
  const script = spec.steps[0] as { evidence?: EvidenceField[] };
  const asked = (script.evidence ?? []).map(({ id }) => id);
  return {
    ...command,
    evidence: Object.fromEntries(
      Object.entries(command.evidence ?? {}).filter(([id]) =>
        asked.includes(id),
      ),
    ),
  };
}

/**
 * The procedure that policies may only tighten. Everybody (`all`) is everybody
 * whom policies let vote: with those they exclude it could never be complete.
 */
function comparable(spec: SopSpec, effective: SopSpec): SopSpec {
  const [script, review] = spec.steps as [SopStep, ApprovalStep];
  const { excludedOwners } = effective.steps[1] as ApprovalStep;
  return review.quorum === 'all' && excludedOwners
    ? { ...spec, steps: [script, { ...review, excludedOwners }] }
    : spec;
}

/** The same state as if no policy had ever been. */
function withoutPolicies(state: RunState): RunState {
  return {
    ...state,
    policies: undefined,
    steps: Object.fromEntries(
      Object.entries(state.steps).map(([id, step]) => [
        id,
        { ...step, policies: undefined },
      ]),
    ),
  };
}

function attempt(
  state: RunState | undefined,
  command: Parameters<typeof decide>[1],
  by: string,
  facts: { spec: SopSpec; policies: PolicyRevision[]; tick: number },
): AnyRunEvent[] | string {
  try {
    return decide(state, command, {
      spec: facts.spec,
      policies: facts.policies,
      actor: person(by),
      members: MEMBERS,
      now: new Date(Date.UTC(2026, 10, 2) + facts.tick * 1000).toISOString(),
    });
  } catch (error) {
    return `${(error as Error).name}: ${(error as Error).message}`;
  }
}

const outcomeOf = (events: AnyRunEvent[]) =>
  events
    .filter(event => ['step.completed', 'step.failed'].includes(event.type))
    .map(event => `${event.type} ${(event.data as { stepId: string }).stepId}`);

it('whatever is permitted under policies, the procedure alone permits', () => {
  let permitted = 0;
  let refusedByPolicy = 0;
  fc.assert(
    fc.property(
      procedure,
      policies,
      fc.array(move, { maxLength: 12 }),
      (spec, inForce, moves) => {
        const start = attempt(
          undefined,
          {
            type: 'start',
            runId: 'run-1',
            sopRef: 'sop:default/test',
            revisionHash: 'hash',
            title: 'Test',
            inputs: {},
          },
          'dev',
          { spec, policies: inForce, tick: 0 },
        ) as AnyRunEvent[];
        let state = start.reduce<RunState | undefined>(evolve, undefined)!;
        moves.forEach((one, tick) => {
          const effective = effectiveSpec(state, spec, {
            policies: inForce,
            pinnedPolicies: new Map(inForce.map(p => [p.hash, p])),
          });
          const command = commandOf(state, effective, one);
          if (!command) {
            return;
          }
          const facts = { spec, tick: tick + 1 };
          const under = attempt(state, command, one.by, {
            ...facts,
            policies: inForce,
          });
          const alone = attempt(
            withoutPolicies(state),
            withoutExtra(command, spec),
            one.by,
            { ...facts, spec: comparable(spec, effective), policies: [] },
          );
          if (typeof under === 'string') {
            refusedByPolicy += typeof alone === 'string' ? 0 : 1;
            return;
          }
          permitted += 1;
          // Permitted, and a step that ends under policies ends alone as well.
          expect(typeof alone === 'string' ? alone : 'permitted').toBe(
            'permitted',
          );
          const completed = outcomeOf(under).filter(text =>
            text.startsWith('step.completed'),
          );
          expect(outcomeOf(alone as AnyRunEvent[])).toEqual(
            expect.arrayContaining(completed),
          );
          state = under.reduce<RunState | undefined>(evolve, state)!;
        });
      },
    ),
    { numRuns: RUNS },
  );
  // Both happened, or the property says nothing.
  expect(permitted).toBeGreaterThan(RUNS / 4);
  expect(refusedByPolicy).toBeGreaterThan(RUNS / 20);
});
