import { ApiAnswer, ApiRequest, FakeApi } from './FakeApi';

/** A page as the server keeps it. */
export interface ConfluencePage {
  id: string;
  spaceId: string;
  parentId?: string;
  title: string;
  /** Storage format. */
  body: string;
  version: { number: number; message: string };
}

const ROOT = '/api/v2';

/** Speaks the part of Confluence's REST API, version 2, that is about pages. */
export class FakeConfluence extends FakeApi {
  readonly email = 'portal@hollowbrook.example';
  readonly token = 'token-of-the-portal';
  readonly pages = new Map<string, ConfluencePage>();
  readonly #spaces: Record<string, string>;

  /** @param spaces - ids of spaces by key */
  constructor(spaces: Record<string, string> = { KB: '1' }) {
    super();
    this.#spaces = spaces;
  }

  /** What people do: a new version of a page, by its title. */
  edit(title: string, body: string): void {
    const page = [...this.pages.values()].find(one => one.title === title)!;
    page.body = body;
    page.version = { number: page.version.number + 1, message: '' };
  }

  protected refuse({ headers }: ApiRequest): ApiAnswer | undefined {
    const basic = Buffer.from(`${this.email}:${this.token}`).toString('base64');
    return headers.authorization === `Basic ${basic}`
      ? undefined
      : { status: 401, body: { errors: [{ title: 'Unauthorized' }] } };
  }

  protected answer({ method, path, query, body }: ApiRequest): ApiAnswer {
    const route = path.startsWith(ROOT) ? path.slice(ROOT.length) : '';
    if (method === 'GET' && route === '/spaces') {
      const key = query.get('keys') ?? '';
      const id = this.#spaces[key];
      return { status: 200, body: { results: id ? [{ id, key }] : [] } };
    }
    if (method === 'GET' && route === '/pages') {
      const results = [...this.pages.values()].filter(
        one =>
          one.spaceId === query.get('space-id') &&
          one.title === query.get('title'),
      );
      return { status: 200, body: { results: results.map(view) } };
    }
    if (method === 'POST' && route === '/pages') {
      return this.#create(body);
    }
    const page = this.pages.get(/^\/pages\/(\d+)$/.exec(route)?.[1] ?? '');
    if (!page) {
      return problem(404, 'Not Found');
    }
    return method === 'PUT'
      ? update(page, body)
      : { status: 200, body: view(page) };
  }

  #create(body: any): ApiAnswer {
    const bad = contentProblem(body);
    if (bad) {
      return problem(400, bad);
    }
    const { spaceId, title, parentId } = body;
    if (!Object.values(this.#spaces).includes(spaceId)) {
      return problem(404, 'Space not found');
    }
    const isTaken = [...this.pages.values()].some(
      one => one.spaceId === spaceId && one.title === title,
    );
    if (isTaken) {
      return problem(
        400,
        'A page with this title already exists: A page already exists with the same TITLE in this space',
      );
    }
    const page: ConfluencePage = {
      id: String(100 + this.pages.size),
      spaceId,
      title,
      parentId,
      body: body.body.value,
      version: { number: 1, message: body.version?.message ?? '' },
    };
    this.pages.set(page.id, page);
    return { status: 200, body: view(page) };
  }
}

function update(page: ConfluencePage, body: any): ApiAnswer {
  const bad =
    contentProblem(body) ?? (body.id === page.id ? undefined : 'id is wrong');
  if (bad) {
    return problem(400, bad);
  }
  if (body.version?.number !== page.version.number + 1) {
    return problem(
      409,
      `Version must be incremented on update. Current version is: ${page.version.number}`,
    );
  }
  page.title = body.title;
  page.body = body.body.value;
  page.version = {
    number: body.version.number,
    message: body.version.message ?? '',
  };
  return { status: 200, body: view(page) };
}

function view({ id, title, spaceId, version }: ConfluencePage): unknown {
  return {
    id,
    title,
    spaceId,
    status: 'current',
    version,
    _links: { webui: `/spaces/KB/pages/${id}` },
  };
}

function contentProblem(body: any): string | undefined {
  if (body?.status !== 'current' || !body.title) {
    return 'status and title are required';
  }
  if (body.body?.representation !== 'storage') {
    return 'representation is not supported';
  }
  return isBalanced(body.body.value) ? undefined : 'Error parsing xhtml';
}

/** Whether each element that is opened is closed, in order, as in XHTML. */
function isBalanced(storage: string): boolean {
  const open: string[] = [];
  const text = storage.replace(/<!\[CDATA\[[\s\S]*?\]\]>/g, '');
  for (const [, end, name, empty] of text.matchAll(
    /<(\/?)([a-z][\w:-]*)(?:\s+[\w:-]+="[^"<]*")*\s*(\/?)>/g,
  )) {
    if (end && open.pop() !== name) {
      return false;
    }
    if (!end && !empty) {
      open.push(name);
    }
  }
  return open.length === 0 && !/&(?!(?:amp|lt|gt|quot|#\d+);)/.test(text);
}

function problem(status: number, title: string): ApiAnswer {
  return { status, body: { errors: [{ status, title, detail: null }] } };
}
