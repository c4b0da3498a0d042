import { dirname, join, sep } from 'node:path';
import {
  describeEvent,
  indexSpec,
  stepState,
} from '@handrail/plugin-sop-common';
import pdfmake from 'pdfmake';
import { RunRecord } from './records';

const FONTS = join(
  dirname(require.resolve('pdfmake/package.json')),
  'fonts',
  'Roboto',
);

pdfmake.setFonts({
  Roboto: {
    normal: join(FONTS, 'Roboto-Regular.ttf'),
    bold: join(FONTS, 'Roboto-Medium.ttf'),
    italics: join(FONTS, 'Roboto-Italic.ttf'),
    bolditalics: join(FONTS, 'Roboto-MediumItalic.ttf'),
  },
});
// The text of a run comes from anybody; nothing in it may be fetched.
pdfmake.setUrlAccessPolicy(() => false);
pdfmake.setLocalAccessPolicy(path => path.startsWith(FONTS + sep));

/** What stands beside the run itself. */
export interface SummaryContext {
  /** Printed name of a person or service. */
  nameOf: (ref: string) => string;
  log: { origin: string; size: number; at: string };
}

type Row = string[];

const utc = (at: string | undefined) =>
  at ? `${at.slice(0, 10)} ${at.slice(11, 19)} UTC` : '–';

const text = (value: unknown): string =>
  typeof value === 'string' ? value : JSON.stringify(value);

function table(head: Row, rows: Row[], widths: string[]): object {
  return {
    table: {
      headerRows: 1,
      widths,
      body: [head.map(cell => ({ text: cell, bold: true })), ...rows],
    },
    layout: 'lightHorizontalLines',
    fontSize: 8,
    margin: [0, 2, 0, 10],
  };
}

/** Every decision with the printed name, the time and what it means (21 CFR 11.50). */
function approvals(
  { events, spec }: RunRecord,
  context: SummaryContext,
): Row[] {
  const index = indexSpec(spec);
  return events.flatMap(event => {
    if (!event.actor) {
      return [];
    }
    const name = 'stepId' in event.data ? event.data.stepId : '';
    const step = index.get(name)?.step;
    const row = (meaning: string, reason: unknown = '') => [
      context.nameOf(event.actor!),
      event.actor!,
      utc(event.at),
      `${meaning} “${step?.name ?? name}”`,
      text(reason ?? ''),
    ];
    if (event.type === 'vote.cast') {
      const { decision, reason } = event.data;
      return [
        row(decision === 'approve' ? 'Approval of' : 'Rejection of', reason),
      ];
    }
    if (event.type === 'step.completed' && step?.type === 'handoff') {
      return [row('Acceptance of', event.data.comment)];
    }
    return [];
  });
}

function steps({ spec, state }: RunRecord, context: SummaryContext): Row[] {
  return [...indexSpec(spec)]
    .map(([id, { step }]) => ({ step, one: stepState(state, id) }))
    .filter(
      ({ step, one }) => !step.id.startsWith('compensate:') || one.attempt,
    )
    .map(({ step, one }) => [
      step.name,
      step.type,
      one.status,
      one.actors.map(context.nameOf).join(', '),
      utc(one.startedAt),
      utc(one.endedAt),
    ]);
}

function evidence({ events, spec }: RunRecord, context: SummaryContext): Row[] {
  const index = indexSpec(spec);
  return events.flatMap(event =>
    event.type === 'step.completed' && event.data.evidence
      ? Object.entries(event.data.evidence).map(([id, value]) => [
          index.get(event.data.stepId)?.step.name ?? event.data.stepId,
          id,
          text(value).slice(0, 2000),
          event.actor ? context.nameOf(event.actor) : '',
          utc(event.at),
        ])
      : [],
  );
}

const heading = (words: string) => ({
  text: words,
  bold: true,
  fontSize: 11,
  margin: [0, 6, 0, 2],
});

const section = (words: string, head: Row, rows: Row[], widths: string[]) =>
  rows.length ? [heading(words), table(head, rows, widths)] : [];

function facts(record: RunRecord, context: SummaryContext): Row[] {
  const { state, spec, head } = record;
  const { number, revision } = spec.document ?? {};
  return [
    ['Run', state.runId],
    ['Procedure', `${state.sopRef}${number ? `, ${number}` : ''}`],
    ['Revision', `${revision ?? ''} ${state.revisionHash}`.trim()],
    ...(state.target ? [['About', state.target.entityRef]] : []),
    ...(state.mode ? [['Mode', 'Rehearsal: does not count']] : []),
    [
      'Started',
      `${utc(state.startedAt)} by ${context.nameOf(state.initiator)}`,
    ],
    [
      'Status',
      `${state.status}${state.closedAt ? `, ${utc(state.closedAt)}` : ''}`,
    ],
    ...(state.closeReason ? [['Reason', state.closeReason]] : []),
    ['Journal', `${record.events.length} events, last hash ${head}`],
    [
      'Log',
      `${context.log.origin}, ${context.log.size} entries, signed ${utc(
        context.log.at,
      )}`,
    ],
  ];
}

/** The content of the summary, as pdfmake takes it. */
export function summaryDefinition(
  record: RunRecord,
  context: SummaryContext,
): object {
  const { state, spec, events } = record;
  const journal = events.map(event => {
    const { text: words, detail } = describeEvent(event, spec);
    return [
      String(event.seq),
      utc(event.at),
      event.actor ? context.nameOf(event.actor) : '',
      detail ? `${words}: ${detail}` : words,
    ];
  });
  const at = new Date(context.log.at);
  return {
    info: { title: state.title, creationDate: at, modDate: at },
    pageSize: 'A4',
    pageMargins: [40, 40, 40, 50],
    defaultStyle: { font: 'Roboto', fontSize: 9 },
    footer: (page: number, pages: number) => ({
      text: `${state.runId}   ${page} / ${pages}`,
      alignment: 'center',
      fontSize: 7,
    }),
    content: [
      { text: state.title, bold: true, fontSize: 15, margin: [0, 0, 0, 8] },
      {
        table: { widths: [70, '*'], body: facts(record, context) },
        layout: 'noBorders',
      },
      ...section(
        'Signatures',
        ['Name', 'Identity', 'Date and time', 'Meaning', 'Reason'],
        approvals(record, context),
        ['auto', 'auto', 'auto', '*', '*'],
      ),
      ...section(
        'Steps',
        ['Step', 'Type', 'Status', 'By', 'Began', 'Ended'],
        steps(record, context),
        ['*', 'auto', 'auto', 'auto', 'auto', 'auto'],
      ),
      ...section(
        'Policies',
        ['Policy', 'Entity', 'Hash'],
        record.policies.map(({ title, ref, hash }) => [title, ref, hash]),
        ['*', '*', '*'],
      ),
      ...section(
        'Evidence',
        ['Step', 'Field', 'Value', 'By', 'Date and time'],
        evidence(record, context),
        ['auto', 'auto', '*', 'auto', 'auto'],
      ),
      ...section(
        'Journal',
        ['No.', 'Date and time', 'By', 'What happened'],
        journal,
        ['auto', 'auto', 'auto', '*'],
      ),
    ],
  };
}

/**
 * The printable summary of a run. It says the same as the journal beside it,
 * which is the record.
 */
export async function summaryPdf(
  record: RunRecord,
  context: SummaryContext,
): Promise<Buffer> {
  return pdfmake.createPdf(summaryDefinition(record, context)).getBuffer();
}
