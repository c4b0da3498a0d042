import { FakeJira } from '@handrail/test-servers';
import { Portal, procedureOfLibrary } from './__testUtils__/portal';

jest.setTimeout(60_000);

let jira: FakeJira;
let portal: Portal;

beforeAll(async () => {
  jira = await new FakeJira().listen();
  portal = await Portal.start({
    entities: [
      procedureOfLibrary('ssim-003-service-desk-request.yaml'),
      procedureOfLibrary('ssim-007-sprint-retrospective.yaml'),
    ],
    config: {
      sop: {
        tickets: [
          {
            name: 'jira',
            type: 'jira',
            baseUrl: jira.url,
            bearerToken: jira.bearer,
            projects: ['SSIM', 'SUP'],
          },
        ],
      },
    },
  });
});

afterAll(async () => {
  await portal.stop();
  jira.stop();
});

async function triaged(key: string): Promise<string> {
  jira.add(key);
  const runId = await portal.begin('service-desk-request', {
    request: `Wallet of ${key} does not open`,
    link: `${jira.url}/servicedesk/customer/portal/1/${key}`,
    tickets: 'jira',
  });
  await portal.complete(runId, 'triage', { known: false, development: true });
  return runId;
}

const ofRequest = (key: string) =>
  [...jira.issues.values()].filter(
    one => one.summary === `Wallet of ${key} does not open`,
  );

it('creates a development ticket and links it to the request', async () => {
  const runId = await triaged('SUP-1');
  const run = await portal.until(runId, 'to-development', 'ready');
  const [development] = ofRequest('SUP-1');
  expect(development).toMatchObject({
    type: 'Task',
    labels: ['support', expect.anything()],
  });
  expect(jira.issues.get('SUP-1')?.links).toEqual([
    { type: 'Relates', outward: development.key },
  ]);
  const create = run.steps.find(one => one.id === 'create');
  expect(create?.output).toMatchObject({
    key: development.key,
    url: `${jira.url}/browse/${development.key}`,
  });
});

it('finds the ticket whose creation was not answered, and makes no other', async () => {
  jira.fail('POST /rest/api/3/issue', 'lost');
  const runId = await triaged('SUP-2');
  await portal.until(runId, 'to-development', 'ready');
  expect(ofRequest('SUP-2')).toHaveLength(1);
});

it('asks a person when nobody knows whether a ticket was created', async () => {
  jira.fail('POST /rest/api/3/issue', { status: 502 });
  const runId = await triaged('SUP-3');
  const run = await portal.until(runId, 'create', 'in-doubt');
  expect(run.steps.find(one => one.id === 'create')?.error).toEqual({
    name: 'OutcomeUnknownError',
    message: 'Jira “jira” answered 502; whether it took effect is not known',
  });
  expect(ofRequest('SUP-3')).toHaveLength(0);
});

it('lets people act for themselves in Jira, not with the account of the portal', async () => {
  const response = await portal.invoke('sop:comment-ticket', {
    system: 'jira',
    key: 'SUP-1',
    text: 'x',
  });
  expect(response.status).toBe(403);
  expect(response.body.error.message).toContain(
    'Only steps of procedures may use this action',
  );
  expect(jira.issues.get('SUP-1')?.comments).toEqual([]);
});
