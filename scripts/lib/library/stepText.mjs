/** One step of a procedure as a section of its page. */
import { listsWithin } from './procedures.mjs';
import { duration, plain, shortRef } from './words.mjs';

const KIND = {
  manual: 'does it',
  approval: 'decides',
  handoff: 'takes over',
  tour: 'takes the tour',
};

function who(step, spec) {
  const titles = {
    initiator: 'The person who started the run',
    'target-owner': 'The owner of the target',
    target: 'The person it is about',
  };
  return spec.roles?.[step.role]?.title ?? titles[step.role] ?? step.role;
}

function excluded(step) {
  const rules = (step.excludedOwners ?? []).map(rule => {
    if (rule === 'initiator') return 'who started the run';
    if (rule.startsWith('actor:')) return `who did “${rule.slice(6)}”`;
    return shortRef(rule);
  });
  return rules.length ? `Not ${rules.join(', not ')}.` : '';
}

function quorum({ type, quorum: votes, reason }) {
  if (type !== 'approval') return '';
  const many = {
    all: 'Everybody must approve.',
    majority: 'A majority must approve.',
  };
  const needed = many[votes] ?? `${votes ?? 1} must approve.`;
  const why =
    (reason ?? 'always') === 'always' ? ' A reason is always given.' : '';
  return needed + why;
}

function goesBack(step) {
  const to = step.onReject?.returnTo ?? step.onReturn?.returnTo;
  return to ? `A no goes back to “${to}”.` : '';
}

function deadline({ startWithin, completeWithin, calendar, ...rest }) {
  const counted = calendar ? ` of working time (${calendar})` : '';
  const after = rest.onTimeout && rest.onTimeout !== 'none';
  return [
    startWithin && `To be begun within ${duration(startWithin)}${counted}.`,
    completeWithin &&
      `To be done within ${duration(completeWithin)}${counted}.`,
    after && `Then: ${rest.onTimeout}.`,
    ...(rest.escalations ?? []).map(one => {
      const told = [one.to].flat().map(shortRef).join(', ');
      const joins = one.action === 'widen' ? ' may do it as well' : ' is told';
      const idle = one.unlessStarted ? ', when nobody has begun' : '';
      return `After ${duration(one.after)} ${told}${joins}${idle}.`;
    }),
  ]
    .filter(Boolean)
    .join(' ');
}

function facts(step, spec) {
  const lines = [];
  if (step.role) {
    lines.push(
      [
        `**${who(step, spec)}** ${KIND[step.type] ?? 'does it'}.`,
        excluded(step),
        quorum(step),
        goesBack(step),
      ]
        .filter(Boolean)
        .join(' '),
    );
  }
  if (step.if) lines.push(`Only when \`${step.if}\`.`);
  if (step.duration) lines.push(`Waits for ${duration(step.duration)}.`);
  if (step.untilTime)
    lines.push(`Waits until ${step.untilTime} ${step.timezone ?? 'UTC'}.`);
  if (step.until) lines.push(`Waits until \`${step.until}\`.`);
  if (step.action)
    lines.push(
      `The portal calls \`${step.action}\`${
        step.expect ? ` and expects \`${step.expect}\`` : ''
      }.`,
    );
  if (step.topic) lines.push(`Waits for the event \`${step.topic}\`.`);
  if (step.sop) lines.push(`Runs \`${step.sop}\`.`);
  if (step.guard)
    lines.push(
      `Meanwhile, every ${duration(step.guard.every)}, it expects \`${
        step.guard.expect
      }\`.`,
    );
  if (step.maxAge)
    lines.push(`The result counts for ${duration(step.maxAge)}.`);
  if (step.lock) lines.push('Only one run at a time does it.');
  if (step.windows)
    lines.push(`Only inside the windows: ${step.windows.join(', ')}.`);
  if (step.deadline) lines.push(deadline(step.deadline));
  if (step.every) lines.push(`Reminds every ${duration(step.every)}.`);
  return lines;
}

function evidence(step) {
  return (step.evidence ?? []).map(field => {
    const bounds = [
      field.kind,
      field.unit,
      field.minimum ? `at least ${field.minimum}` : '',
      field.maximum !== undefined ? `at most ${field.maximum}` : '',
      field.mustBeTrue ? 'must be true' : '',
      field.options ? field.options.join(' / ') : '',
      field.required ? '' : 'optional',
    ].filter(Boolean);
    return `- ${field.name ?? field.id} _(${bounds.join(', ')})_`;
  });
}

/** Sections of a list of steps; `prefix` numbers them, `depth` is their heading. */
export function stepSections(steps, spec, { prefix = '', depth = 3 } = {}) {
  return steps.flatMap((step, index) => {
    const number = `${prefix}${index + 1}`;
    const mark = '#'.repeat(Math.min(depth, 6));
    const text = step.instructions ?? step.question;
    return [
      `${mark} ${number}. ${step.name}`,
      ...facts(step, spec),
      ...(text ? [plain(text, spec)] : []),
      ...(step.evidence?.length
        ? [`Leaves:\n\n${evidence(step).join('\n')}`]
        : []),
      ...(step.assert ?? []).map(
        one =>
          `Must hold: \`${one.that}\`. Else: ${plain(
            one.message,
            spec,
          ).trim()}.`,
      ),
      ...(step.compensation
        ? [
            `Undone by: **${step.compensation.name}**.${
              step.compensation.instructions
                ? `\n\n${plain(step.compensation.instructions, spec)}`
                : ''
            }`,
          ]
        : []),
      ...listsWithin(step).flatMap(list => [
        `_${list.heading}${
          list.condition ? `, when \`${list.condition}\`` : ''
        }${
          list.every ? `, with a reminder every ${duration(list.every)}` : ''
        }:_`,
        ...stepSections(list.steps, spec, {
          prefix: `${number}.`,
          depth: depth + 1,
        }),
      ]),
    ];
  });
}
