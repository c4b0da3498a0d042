/** The page that lists all procedures, by the document they come from. */
import { allSteps } from './procedures.mjs';
import { cell, duration } from './words.mjs';

const DOMAINS = {
  portal: [
    'Whole portal',
    'Procedures of the demo shop and of the portal itself.',
  ],
  commerce: [
    'Standard procedures of Operations',
    'Domain `commerce`. SOP-001 to SOP-004 stand among those of the whole portal.',
  ],
  'data-liberation': [
    'Standard operating procedures of the data platform',
    'Domain `data-liberation`. DEPLOY-003 stands among those of the whole portal.',
  ],
  grid: [
    'Operations processes',
    'Domain `grid`: four processes, and the rules that are procedures of their own.',
  ],
  'internal-tools': [
    'Processes backlog of platform engineering',
    'Domain `internal-tools`: twenty processes; every key activity is a step.',
  ],
  identity: [
    'DevOps and agile practice for self-sovereign identity',
    'Domain `identity`.',
  ],
};

const AUTOMATED = ['action', 'run', 'listen'];
const DECIDED = ['approval', 'handoff'];
const MEASURED = ['check'];

/** How many steps a machine does, measures, a person decides, a person does. */
export function countSteps(spec) {
  const counts = { automated: 0, checked: 0, decided: 0, manual: 0 };
  for (const { type } of allSteps(spec.steps)) {
    if (AUTOMATED.includes(type)) counts.automated += 1;
    else if (MEASURED.includes(type)) counts.checked += 1;
    else if (DECIDED.includes(type)) counts.decided += 1;
    else if (type === 'manual' || type === 'tour') counts.manual += 1;
  }
  return counts;
}

function times(spec) {
  const due = allSteps(spec.steps).flatMap(step => [
    step.duration,
    step.deadline?.startWithin,
    step.deadline?.completeWithin,
  ]);
  return [...new Set(due.filter(Boolean))].map(duration).join(', ');
}

function row({ title, page, name, spec }) {
  const { automated, checked, decided, manual } = countSteps(spec);
  return `| [${cell(
    title,
  )}](${page}) | \`${name}\` | ${manual} | ${decided} | ${checked} | ${automated} | ${times(
    spec,
  )} | ${spec.schedule ? `\`${spec.schedule.rrule}\`` : ''} |`;
}

function share(procedures) {
  const total = { automated: 0, checked: 0, decided: 0, manual: 0 };
  for (const { spec } of procedures) {
    for (const [kind, count] of Object.entries(countSteps(spec))) {
      total[kind] += count;
    }
  }
  const all = Object.values(total).reduce((sum, one) => sum + one, 0);
  const percent = count => `${count} (${Math.round((100 * count) / all)} %)`;
  return `Of ${all} steps, ${percent(
    total.manual,
  )} are done by a person, ${percent(
    total.decided,
  )} are decisions and hand-overs, ${percent(
    total.checked,
  )} are measured, ${percent(total.automated)} are automated.`;
}

/** Markdown of the page. */
export function indexPage(procedures) {
  return [
    '# Library of procedures',
    '<!-- Written from catalog/ by "./portal yarn library-docs". -->',
    'What a new portal comes with: to be used as it is, to be changed, or to be read as examples. Each document is a domain of the demo organisation, as the documents contradict each other; a rule holds in its own domain.',
    'How the rules of the documents are enforced, what was chosen where they are silent, and what is not modelled: [conformance](conformance.md).',
    `${procedures.length} procedures. ${share(procedures)}`,
    ...Object.entries(DOMAINS).flatMap(([domain, [title, text]]) => {
      const own = procedures.filter(one => one.domain === domain);
      return [
        `## ${title}`,
        text,
        share(own),
        [
          '| Procedure | Entity | By people | Decisions | Measured | Automated | Times | Recurs |',
          '| --- | --- | --- | --- | --- | --- | --- | --- |',
          ...own.map(row),
        ].join('\n'),
      ];
    }),
  ].join('\n\n');
}
