/**
 * `./portal sop list` and `sign`: how procedures stand, and signing them as a person of the demo
 * organisation, by the API that the pages use.
 */
import { randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';

const USAGE = `Usage: ./portal sop list
       ./portal sop sign <procedure> --as <person> [--as <person> …]
                     [--reason <text>] [--meaning approval|review] [--for <group>]

  list   which revision of each procedure is in force, and who must still sign
  sign   signs what the file has now, as each of the persons in turn

<procedure> is a name in the catalog (release) or a ref (sop:default/release);
<person> is a name of the demo organisation (priya.raman). The portal must run:
at http://localhost:7007, or where --url says. Real installations sign on the
procedure's page; with HANDRAIL_TOKEN set, that token is used and --as is not.`;

const OPTIONS = {
  as: { type: 'string', multiple: true, default: [] },
  for: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
  meaning: { type: 'string', default: 'approval' },
  reason: { type: 'string', default: 'Signed with ./portal sop sign' },
  url: { type: 'string', default: 'http://localhost:7007' },
};

/** What went wrong, in the words of the back end. */
async function refusal(response) {
  const body = await response.json().catch(() => ({}));
  return new Error(
    body.error?.message ?? `${response.status} ${response.statusText}`,
  );
}

async function request(url, options = {}) {
  let response;
  try {
    response = await fetch(url, options);
  } catch {
    throw new Error(
      `nothing answers at ${
        new URL(url).origin
      }: is the portal running (./portal start)?`,
    );
  }
  if (!response.ok) throw await refusal(response);
  return response.json();
}

/** A token as the person gets it at the sign-in page of the demo. */
async function tokenOf(url, person) {
  if (process.env.HANDRAIL_TOKEN) return process.env.HANDRAIL_TOKEN;
  const userRef = person.includes(':') ? person : `user:default/${person}`;
  const { backstageIdentity } = await request(`${url}/api/auth/demo/refresh`, {
    headers: {
      'x-handrail-demo-user': userRef,
      'x-requested-with': 'XMLHttpRequest',
    },
  });
  return backstageIdentity.token;
}

/** `namespace/name` of a procedure. */
export function pathOf(procedure) {
  const match = /^(?:sop:)?(?:([^/:]+)\/)?([^/:]+)$/i.exec(procedure);
  if (!match) {
    throw new Error(
      `"${procedure}" is not a procedure; expected a name or sop:<namespace>/<name>`,
    );
  }
  return `${match[1] ?? 'default'}/${match[2]}`;
}

async function list({ url, as }) {
  const token = await tokenOf(url, as[0] ?? 'ana.duarte');
  const { items } = await request(`${url}/api/sop/procedures`, {
    headers: { authorization: `Bearer ${token}` },
  });
  for (const { title, sopRef, sentence } of items) {
    console.log(`${title} (${sopRef})\n  ${sentence}`);
  }
}

async function sign(procedure, { url, as, meaning, reason, for: approver }) {
  const people = process.env.HANDRAIL_TOKEN ? [''] : as;
  if (!procedure || people.length === 0) throw new Error(USAGE);
  const base = `${url}/api/sop/procedures/${pathOf(procedure)}`;
  for (const person of people) {
    const headers = {
      authorization: `Bearer ${await tokenOf(url, person)}`,
      'content-type': 'application/json',
    };
    const { currentHash } = await request(`${base}/control`, { headers });
    const { sentence } = await request(
      `${base}/revisions/${currentHash}/signatures`,
      {
        method: 'POST',
        headers,
        body: JSON.stringify({
          commandId: randomUUID(),
          meaning,
          reason,
          ...(approver ? { approver } : {}),
        }),
      },
    );
    console.log(`${person || 'Signed'}: ${sentence}`);
  }
}

export async function main(args) {
  const { values, positionals } = parseArgs({
    args,
    options: OPTIONS,
    allowPositionals: true,
  });
  const [command, procedure, ...rest] = positionals;
  if (values.help || rest.length > 0 || !['list', 'sign'].includes(command)) {
    console.log(USAGE);
    return values.help ? 0 : 2;
  }
  await (command === 'list' ? list(values) : sign(procedure, values));
  return 0;
}
