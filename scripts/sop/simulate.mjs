/** `./portal sop simulate FILE [option…]` */
import { parseArgs } from 'node:util';
import { UsageError } from '../lib/args.mjs';
import { runMain } from '../lib/lifecycle.mjs';
import { problemsOf, readDocuments, sop } from './documents.mjs';

const OPTIONS = {
  policy: { type: 'string', multiple: true, default: [] },
  target: { type: 'string' },
  start: { type: 'string' },
  as: { type: 'string', default: 'user:default/you' },
  input: { type: 'string', multiple: true, default: [] },
  person: { type: 'string' },
  automation: { type: 'string' },
  fail: { type: 'string', multiple: true, default: [] },
  json: { type: 'boolean', default: false },
};

const ALLOWED = Object.keys(OPTIONS)
  .map(name => `--${name}`)
  .join(', ');

function readCall(args) {
  let parsed;
  try {
    parsed = parseArgs({ args, options: OPTIONS, allowPositionals: true });
  } catch (error) {
    throw new UsageError(
      `sop simulate: ${
        error.message.split('. ')[0]
      }, allowed: FILE, ${ALLOWED}`,
    );
  }
  const { positionals, values } = parsed;
  if (positionals.length !== 1) {
    throw new UsageError(
      `sop simulate: found ${positionals.length} files, allowed: one FILE, ${ALLOWED}`,
    );
  }
  const startAt = values.start ? new Date(values.start) : new Date();
  if (Number.isNaN(startAt.getTime())) {
    throw new UsageError(
      `--start: found '${values.start}', allowed: an ISO 8601 instant`,
    );
  }
  return { file: positionals[0], ...values, startAt: startAt.toISOString() };
}

/** The one document of a kind in a file; a broken one ends the program. */
function readOne(file, kind) {
  const documents = readDocuments(file).filter(
    one => one.errors.length > 0 || !kind || one.entity?.kind === kind,
  );
  if (documents.length !== 1) {
    throw new UsageError(
      `${file}: found ${documents.length} documents of kind ${
        kind ?? 'any'
      }, allowed: one`,
    );
  }
  const [document] = documents;
  const problems = kind ? problemsOf(document) : document.errors;
  for (const { line, text } of problems) {
    console.error(`${file}${line ? `:${line}` : ''}: ${text}`);
  }
  return problems.length === 0 ? document.entity : undefined;
}

function toTarget(entity) {
  const { kind, metadata, spec = {} } = entity;
  const namespace = metadata.namespace ?? 'default';
  return {
    entityRef: `${kind}:${namespace}/${metadata.name}`.toLowerCase(),
    kind,
    namespace,
    name: metadata.name,
    ...(spec.owner
      ? {
          owner: spec.owner.includes(':')
            ? spec.owner
            : `group:${namespace}/${spec.owner}`,
        }
      : {}),
    metadata,
    spec,
  };
}

function toInputs(pairs) {
  return Object.fromEntries(
    pairs.map(pair => {
      const at = pair.indexOf('=');
      if (at < 1) {
        throw new UsageError(`--input: found '${pair}', allowed: name=value`);
      }
      const text = pair.slice(at + 1);
      try {
        return [pair.slice(0, at), JSON.parse(text)];
      } catch {
        return [pair.slice(0, at), text];
      }
    }),
  );
}

function print(result) {
  const clock = at => at?.slice(0, 16).replace('T', ' ') ?? '–';
  for (const step of result.steps) {
    console.log(
      `${String(step.number).padStart(3)}  ${clock(step.beginsAt)}  ${clock(
        step.endsAt,
      )}  ${step.status.padEnd(9)}  ${'  '.repeat(step.depth)}${step.name}`,
    );
    for (const block of step.blocks) {
      console.log(
        `     blocked because ${block.sentence}${
          block.until ? ` until ${clock(block.until)}` : ''
        }`,
      );
    }
    const { people } = step;
    if (people) {
      console.log(
        `     ${people.eligible.length} may act${
          people.required > 1 ? `, ${people.required} needed` : ''
        }`,
      );
      people.excluded.forEach(({ reason }) => console.log(`     ${reason}`));
    }
    step.policies.forEach(text => console.log(`     ${text}`));
  }
  result.assumed.forEach(text => console.log(`Assumed: ${text}.`));
  console.log(
    result.outcome === 'completed'
      ? `Completed at the earliest ${clock(result.finishesAt)} UTC.`
      : `Not completed (${result.outcome}): ${result.reason ?? 'unknown'}`,
  );
}

function simulate(args) {
  const call = readCall(args);
  const procedure = readOne(call.file, 'SOP');
  const policies = call.policy.map(file => readOne(file, 'SOPPolicy'));
  const target = call.target && readOne(call.target);
  if (!procedure || policies.includes(undefined)) {
    return 1;
  }
  const known = [...sop.indexSpec(procedure.spec).keys()];
  const unknown = call.fail.find(id => !known.includes(id));
  if (unknown !== undefined) {
    throw new UsageError(
      `--fail: found '${unknown}', allowed: ${known.join(', ')}`,
    );
  }
  const { namespace = 'default', name, title } = procedure.metadata;
  const result = sop.simulate({
    spec: procedure.spec,
    sopRef: `sop:${namespace}/${name}`,
    title: title ?? name,
    initiator: call.as,
    startAt: call.startAt,
    inputs: toInputs(call.input),
    ...(target ? { target: toTarget(target) } : {}),
    policies: policies.map(({ metadata, spec }) => ({
      ref: `soppolicy:${metadata.namespace ?? 'default'}/${metadata.name}`,
      hash: `${metadata.namespace ?? 'default'}/${metadata.name}`,
      title: metadata.title ?? metadata.name,
      spec,
    })),
    assumptions: {
      person: call.person,
      automation: call.automation,
      steps: Object.fromEntries(call.fail.map(id => [id, { outcome: 'fail' }])),
    },
  });
  if (call.json) {
    console.log(JSON.stringify(result, null, 2));
  } else {
    print(result);
  }
  return result.outcome === 'completed' ? 0 : 1;
}

runMain(async () => {
  try {
    return simulate(process.argv.slice(2));
  } catch (error) {
    if (error instanceof UsageError) {
      console.error(error.message);
      return 2;
    }
    if (error.name === 'InputError') {
      console.error(`sop simulate: ${error.message}`);
      return 1;
    }
    throw error;
  }
});
