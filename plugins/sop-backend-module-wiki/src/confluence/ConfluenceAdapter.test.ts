import { ConfigReader } from '@backstage/config';
import { FakeConfluence } from '@handrail/test-servers';
import { readWikis } from '../config';
import { WikiAdapter } from '../WikiAdapter';

let confluence: FakeConfluence;
let wiki: WikiAdapter;

function connect(more: object = {}): WikiAdapter {
  const wikis = [
    {
      name: 'handbook',
      type: 'confluence',
      baseUrl: confluence.url,
      spaces: ['KB', 'GONE'],
      email: confluence.email,
      apiToken: confluence.token,
      ...more,
    },
  ];
  return readWikis(new ConfigReader({ sop: { wikis } })).get('handbook')!;
}

beforeEach(async () => {
  confluence = await new FakeConfluence({ KB: '1', HR: '2' }).listen();
  wiki = connect();
});

afterEach(() => confluence.stop());

const page = { space: 'KB', title: 'Log in & out', markdown: '# How\n\n`x`' };

it('creates a page, gives it new versions, and none for the same text', async () => {
  const first = await wiki.publish(page);
  expect(first).toEqual({
    pageId: '100',
    url: `${confluence.url}/spaces/KB/pages/100`,
    version: 1,
    created: true,
    changed: true,
  });
  expect(confluence.pages.get('100')).toMatchObject({
    title: 'Log in & out',
    body: '<h1>How</h1>\n<p><code>x</code></p>',
  });
  expect(await wiki.publish(page)).toMatchObject({
    version: 1,
    changed: false,
  });
  const second = { ...page, markdown: 'Differently' };
  expect(await wiki.publish(second)).toMatchObject({
    pageId: '100',
    version: 2,
    created: false,
    changed: true,
  });
  confluence.edit(page.title, '<p>By hand</p>');
  expect(await wiki.publish(second)).toMatchObject({ version: 4 });
  expect(confluence.pages.get('100')?.body).toBe('<p>Differently</p>');
  expect(confluence.pages.size).toBe(1);
});

it('puts a new page below another', async () => {
  await wiki.publish({ ...page, title: 'Top' });
  await wiki.publish({ ...page, parent: 'Top' });
  expect(confluence.pages.get('101')?.parentId).toBe('100');
  await expect(
    wiki.publish({ ...page, title: 'Other', parent: 'None' }),
  ).rejects.toThrow(
    'parent: found "None"; allowed: the title of a page in the space',
  );
});

it('does not overwrite what somebody changes at the same time', async () => {
  await wiki.publish(page);
  // Between our look and our change.
  confluence.fail('PUT /api/v2/pages', {
    status: 409,
    body: { errors: [{ title: 'Version must be incremented' }] },
  });
  await expect(
    wiki.publish({ ...page, markdown: 'Ours' }),
  ).rejects.toMatchObject({
    name: 'ConflictError',
    message:
      '“Log in & out” was changed by somebody else at the same time, to version 1; look at it before you publish again',
  });
  expect(confluence.pages.get('100')?.version.number).toBe(1);
});

it('really meets a version that is not the next one', async () => {
  await wiki.publish(page);
  const two = [
    wiki.publish({ ...page, markdown: 'One' }),
    wiki.publish({ ...page, markdown: 'Two' }),
  ];
  const results = await Promise.allSettled(two);
  expect(results.map(one => one.status).sort()).toEqual([
    'fulfilled',
    'rejected',
  ]);
  expect(confluence.pages.get('100')?.version.number).toBe(2);
});

it.each(['POST', 'PUT'])(
  'is done when the answer to %s is lost but the page is there',
  async method => {
    if (method === 'PUT') {
      await wiki.publish({ ...page, markdown: 'Before' });
    }
    confluence.fail(`${method} /api/v2/pages`, 'lost');
    expect(await wiki.publish(page)).toMatchObject({
      created: method === 'POST',
      changed: true,
    });
    expect(confluence.pages.size).toBe(1);
    expect(confluence.changes).toHaveLength(method === 'PUT' ? 2 : 1);
  },
);

it.each<[object, object, string]>([
  [{ space: 'HR' }, {}, 'space: found "HR"; allowed: KB, GONE'],
  [{ space: 'GONE' }, {}, 'space: found "GONE", which is not there'],
  [
    {},
    { apiToken: 'wrong-token' },
    'Confluence “handbook” does not take the credentials of the configuration (401)',
  ],
])('refuses %j with %j', async (more, settings, message) => {
  const refused = connect(settings).publish({ ...page, ...more });
  await expect(refused).rejects.toThrow(message);
  expect(confluence.pages.size).toBe(0);
});

it('says when it is down, and how long it wants to be left alone', async () => {
  confluence.fail('GET /api/v2/spaces', { status: 503 });
  await expect(wiki.publish(page)).rejects.toThrow(
    'Confluence “handbook” answered 503',
  );
  confluence.fail('GET /api/v2/spaces', {
    status: 429,
    headers: { 'Retry-After': '600' },
  });
  await expect(wiki.publish(page)).rejects.toThrow(
    'Confluence “handbook” limits how often it may be asked; again in 600 s',
  );
});
