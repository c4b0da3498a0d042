/** The page of one procedure, as a document to read. */
import { stepSections } from './stepText.mjs';
import { cell, duration, shortRef, weekdays } from './words.mjs';

function table(head, rows) {
  const line = values => `| ${values.map(cell).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join(
    '\n',
  );
}

function recurs({ rrule, timezone, targets }) {
  const about = targets ? `, for \`${JSON.stringify(targets)}\`` : '';
  return `\`${rrule}\` (${timezone})${about}`;
}

function documentTable({ spec, file, name }) {
  const { document = {}, schedule } = spec;
  const rows = [
    ['Entity', `\`sop:default/${name}\`, \`${file}\``],
    ['Owner', shortRef(spec.owner)],
    ['Revision', document.revision],
    ['In force from', document.effectiveFrom],
    ['Reviewed every', document.reviewEvery && duration(document.reviewEvery)],
    ['Signed by', document.approvers?.map(shortRef).join(', ')],
    ['Controls', document.controls?.join(', ')],
    ['Source', document.source],
    ['About', spec.appliesTo && `\`${JSON.stringify(spec.appliesTo)}\``],
    ['Recurs', schedule && recurs(schedule)],
  ];
  return table(
    ['', ''],
    rows.filter(([, value]) => value),
  );
}

function annotationTable({ entity }) {
  const rows = Object.entries(entity.metadata.annotations ?? {}).map(
    ([key, value]) => [key.replace('handrail.dev/', ''), value],
  );
  return rows.length ? [table(['', ''], rows)] : [];
}

function turns({ rotate }) {
  const every = rotate?.every ?? rotate;
  return every ? `; one of them at a time, for ${duration(every)}` : '';
}

function roles({ spec }) {
  const entries = Object.values(spec.roles ?? {});
  if (entries.length === 0) return [];
  return [
    '## Roles',
    table(
      ['Role', 'What it answers for', 'Who'],
      entries.map(one => [
        one.title ?? '',
        one.description ?? '',
        one.potentialOwners.map(shortRef).join(', ') + turns(one),
      ]),
    ),
  ];
}

/** Windows and calendars, for those whom steps name. */
function times({ spec: { windows = [], calendars = {} } }) {
  const rows = [
    ...windows.map(one => [
      one.name,
      `${one.effect === 'deny' ? 'closed' : 'open'} for ${duration(
        one.duration,
      )} from each \`${one.rrule}\` (${one.timezone})${
        one.unless ? `; does not count when \`${one.unless}\`` : ''
      }${one.overrun ? '; what began inside may end outside' : ''}`,
    ]),
    ...Object.entries(calendars).map(([name, one]) => [
      name,
      `working time: ${weekdays(one.workdays)}${
        one.hours ? `, ${one.hours.from} to ${one.hours.to}` : ''
      } (${one.timezone})`,
    ]),
  ];
  if (rows.length === 0) return [];
  return ['## Windows and working time', table(['Name', 'When'], rows)];
}

function inputs({ spec }) {
  const properties = Object.entries(spec.inputs?.properties ?? {});
  if (properties.length === 0) return [];
  return [
    '## Asked for at the start',
    table(
      ['What', 'Meaning'],
      properties.map(([id, one]) => [
        one.title ?? id,
        [one.description, one.enum?.join(' / ')].filter(Boolean).join(' '),
      ]),
    ),
  ];
}

/** Markdown of the page. */
export function procedurePage(procedure) {
  const { title, entity, spec } = procedure;
  return [
    `# ${title}`,
    `<!-- Written from ${procedure.file} by "./portal yarn library-docs". -->`,
    entity.metadata.description ?? '',
    documentTable(procedure),
    ...annotationTable(procedure),
    ...roles(procedure),
    ...times(procedure),
    ...inputs(procedure),
    '## Steps',
    ...stepSections(spec.steps, spec),
  ].join('\n\n');
}
