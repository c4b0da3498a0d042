import {
  AnyRunEvent,
  decide,
  evolve,
  RunState,
} from '@handrail/plugin-sop-common';
import { person } from '../database/__testUtils__/fixtures';
import { SPEC } from './__testUtils__/proofStore';
import { RunRecord } from './records';
import { summaryDefinition, summaryPdf } from './summaryPdf';

const AT = '2026-11-02T09:00:00.000Z';
const context = {
  nameOf: (ref: string) =>
    ref === 'user:default/ben' ? 'Bénédicte Łukasz' : ref,
  log: { origin: 'portal.example.com/sop', size: 9, at: AT },
};

function record(): RunRecord {
  const events: AnyRunEvent[] = [];
  let state: RunState | undefined;
  const play = (by: string, command: object) => {
    const stepId = (command as { stepId?: string }).stepId;
    const made = decide(
      state,
      {
        taskVersion: stepId ? state?.steps[stepId]?.version : undefined,
        ...command,
      } as Parameters<typeof decide>[1],
      { now: AT, actor: person(by), spec: SPEC, members: {} },
    );
    state = made.reduce<RunState | undefined>(evolve, state);
    events.push(...made);
  };
  play('dev', {
    type: 'start',
    runId: 'run-1',
    sopRef: 'sop:default/release',
    revisionHash: 'a'.repeat(64),
    title: 'Release of checkout',
    inputs: {},
  });
  play('dev', { type: 'complete', stepId: 'write', evidence: { rows: 3 } });
  play('ben', {
    type: 'vote',
    stepId: 'go',
    decision: 'approve',
    reason: 'Looks good',
  });
  return {
    runId: 'run-1',
    sopRef: 'sop:default/release',
    revisionHash: 'a'.repeat(64),
    engineVersion: 1,
    spec: SPEC,
    rows: [],
    events,
    state: state!,
    head: 'b'.repeat(64),
    policies: [
      {
        hash: 'c'.repeat(64),
        ref: 'soppolicy:default/two',
        title: 'Two who look',
      },
    ],
  };
}

describe('the summary of a run', () => {
  it('shows the name, the date and time, and the meaning of each signature', () => {
    const { content } = summaryDefinition(record(), context) as {
      content: Array<{ text?: string; table?: { body: unknown[][] } }>;
    };
    const at = content.findIndex(one => one.text === 'Signatures');
    expect(content[at + 1].table?.body.slice(1)).toEqual([
      [
        'Bénédicte Łukasz',
        'user:default/ben',
        '2026-11-02 09:00:00 UTC',
        'Approval of “Go”',
        'Looks good',
      ],
    ]);
    expect(JSON.stringify(content)).toContain('"rows","3"');
    expect(JSON.stringify(content)).toContain(
      `["Two who look","soppolicy:default/two","${'c'.repeat(64)}"]`,
    );
  });

  it('is a PDF', async () => {
    const pdf = await summaryPdf(record(), context);
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    expect(pdf.length).toBeGreaterThan(5000);
  });
});
