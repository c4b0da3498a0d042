import { mockCredentials } from '@backstage/backend-test-utils';
import { actionsRegistryServiceMock } from '@backstage/backend-test-utils/alpha';
import { ConfigReader } from '@backstage/config';
import { JsonObject } from '@backstage/types';
import { FakeConfluence } from '@handrail/test-servers';
import { readWikis } from './config';
import { createPublishPageAction } from './createPublishPageAction';

let confluence: FakeConfluence;
let registry: ReturnType<typeof actionsRegistryServiceMock>;

beforeEach(async () => {
  confluence = await new FakeConfluence().listen();
  const wikis = [
    {
      name: 'handbook',
      type: 'confluence',
      baseUrl: confluence.url,
      spaces: ['KB'],
      email: confluence.email,
      apiToken: confluence.token,
    },
  ];
  registry = actionsRegistryServiceMock();
  createPublishPageAction({
    actionsRegistry: registry,
    wikis: readWikis(new ConfigReader({ sop: { wikis } })),
  });
});

afterEach(() => confluence.stop());

const steps = mockCredentials.service('plugin:sop');
const page = { wiki: 'handbook', space: 'KB', title: 'Log in', markdown: 'x' };

const publish = (more: object = {}, credentials = steps) =>
  registry.invoke({
    id: 'test:publish-page',
    input: { ...page, ...more } as JsonObject,
    credentials,
  });

it('publishes a page for a step', async () => {
  expect((await publish()).output).toMatchObject({ version: 1, created: true });
  expect(confluence.pages.get('100')?.body).toBe('<p>x</p>');
});

it('is for steps alone', async () => {
  const user = mockCredentials.user('user:default/dev');
  await expect(publish({}, user as any)).rejects.toMatchObject({
    name: 'NotAllowedError',
  });
  expect(confluence.requests).toEqual([]);
});

it.each<[object, string]>([
  [{ wiki: 'wikki' }, 'wiki: found "wikki"; allowed: handbook'],
  [{ title: ' ' }, 'Invalid input'],
  [{ markdown: ' \n' }, 'Invalid input'],
])('refuses %j', async (more, message) => {
  await expect(publish(more)).rejects.toThrow(message);
  expect(confluence.requests).toEqual([]);
});
