import { mockCredentials } from '@backstage/backend-test-utils';
import { actionsRegistryServiceMock } from '@backstage/backend-test-utils/alpha';
import { ConfigReader } from '@backstage/config';
import { JsonObject } from '@backstage/types';
import { FakeJira } from '@handrail/test-servers';
import { readTicketSystems } from '../config';
import { createCommentTicketAction } from './createCommentTicketAction';
import { createCreateTicketAction } from './createCreateTicketAction';
import { createLinkTicketAction } from './createLinkTicketAction';
import { createReadActions } from './createReadActions';
import { createTransitionTicketAction } from './createTransitionTicketAction';

let jira: FakeJira;
let registry: ReturnType<typeof actionsRegistryServiceMock>;

beforeEach(async () => {
  jira = await new FakeJira().listen();
  jira.add('SSIM-1');
  jira.add('SSIM-2');
  const tickets = [
    {
      name: 'desk',
      type: 'jira',
      baseUrl: jira.url,
      bearerToken: jira.bearer,
      projects: ['SSIM'],
    },
  ];
  registry = actionsRegistryServiceMock();
  const options = {
    actionsRegistry: registry,
    systems: readTicketSystems(new ConfigReader({ sop: { tickets } })),
  };
  createReadActions(options);
  createCreateTicketAction(options);
  createLinkTicketAction(options);
  createTransitionTicketAction(options);
  createCommentTicketAction(options);
});

afterEach(() => jira.stop());

const steps = mockCredentials.service('plugin:sop');

async function call(name: string, input: object, credentials = steps) {
  const { output } = await registry.invoke({
    id: `test:${name}`,
    input: { system: 'desk', key: 'SSIM-1', ...input } as JsonObject,
    credentials,
  });
  return output;
}

const CALLS: Array<[string, object]> = [
  ['get-ticket', {}],
  ['find-ticket', { project: 'SSIM', idempotencyKey: 'k' }],
  ['create-ticket', { project: 'SSIM', title: 'x' }],
  ['link-ticket', { to: 'SSIM-2' }],
  ['transition-ticket', { to: 'In Progress' }],
  ['comment-ticket', { text: 'x' }],
];

it.each(CALLS)('%s is for steps alone', async (name, input) => {
  const others = [
    mockCredentials.user('user:default/dev'),
    mockCredentials.service('external:pipeline'),
    mockCredentials.service('plugin:mcp-actions'),
    mockCredentials.none(),
  ];
  for (const credentials of others) {
    await expect(
      call(name, input, credentials as typeof steps),
    ).rejects.toMatchObject({ name: 'NotAllowedError' });
  }
  expect(jira.requests).toEqual([]);
  await expect(call(name, input)).resolves.toBeDefined();
});

it.each(CALLS)('%s names the systems that there are', async (name, input) => {
  await expect(call(name, { ...input, system: 'jira' })).rejects.toThrow(
    'system: found "jira"; allowed: desk',
  );
});

it('says of each action whether it only reads, and can be repeated', async () => {
  const { actions } = await registry.list();
  expect(
    actions.map(({ name, attributes }) => [
      name,
      attributes.readOnly,
      attributes.idempotent,
    ]),
  ).toEqual([
    ['get-ticket', true, true],
    ['find-ticket', true, true],
    ['create-ticket', false, false],
    ['link-ticket', false, true],
    ['transition-ticket', false, true],
    ['comment-ticket', false, true],
  ]);
});

it('moves to one state, or to the first of several', async () => {
  expect(await call('transition-ticket', { to: 'In Progress' })).toEqual({
    key: 'SSIM-1',
    url: `${jira.url}/browse/SSIM-1`,
    state: 'In Progress',
    category: 'in-progress',
    previous: 'To Do',
    changed: true,
  });
  const to = ['Resolved', 'Done'];
  expect(await call('transition-ticket', { to })).toMatchObject({
    state: 'Done',
  });
});

it('links a pull request by its address', async () => {
  const url = 'https://git.example/pull/1';
  expect(await call('link-ticket', { url })).toEqual({ linked: true });
  expect(jira.issues.get('SSIM-1')?.remoteLinks).toMatchObject([
    { url, title: url },
  ]);
});

it.each<[string, object, string]>([
  ['link-ticket', {}, 'to, url: found neither; allowed: one'],
  [
    'link-ticket',
    { to: 'SSIM-2', url: 'https://git.example/1' },
    'to, url: found both; allowed: one',
  ],
  ['link-ticket', { url: 'ftp://git.example/1' }, 'Invalid input'],
  ['create-ticket', { project: 'SSIM', title: ' ' }, 'Invalid input'],
  [
    'create-ticket',
    { project: 'SSIM', title: 'x', labels: ['a b'] },
    'Invalid',
  ],
  ['transition-ticket', { to: [] }, 'Invalid input'],
  ['comment-ticket', { text: '' }, 'Invalid input'],
])('%s refuses %j', async (name, input, message) => {
  await expect(call(name, input)).rejects.toThrow(message);
  expect(jira.changes).toEqual([]);
});
