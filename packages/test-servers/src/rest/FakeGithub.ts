import { ApiAnswer, ApiRequest, FakeApi } from './FakeApi';

/** An issue as the server keeps it. */
export interface GithubIssue {
  number: number;
  title: string;
  body: string;
  state: 'open' | 'closed';
  reason: string | null;
  labels: string[];
  comments: string[];
  isPullRequest?: boolean;
}

const ROUTE = /^\/repos\/([^/]+\/[^/]+)\/issues(?:\/(\d+)(?:\/(.+))?)?$/;

/** Speaks the part of GitHub's REST API that has to do with issues. */
export class FakeGithub extends FakeApi {
  readonly token = 'token-of-the-portal';
  readonly issues = new Map<string, GithubIssue>();
  readonly #repositories: string[];

  constructor(repositories: string[] = ['hollowbrook/identity-wallet']) {
    super();
    this.#repositories = repositories;
  }

  /** Adds an issue, for example `hollowbrook/identity-wallet#7`. */
  add(key: string, more: Partial<GithubIssue> = {}): GithubIssue {
    const issue: GithubIssue = {
      number: Number(key.split('#')[1]),
      title: 'Something to do',
      body: '',
      state: 'open',
      reason: null,
      labels: [],
      comments: [],
      ...more,
    };
    this.issues.set(key, issue);
    return issue;
  }

  protected refuse({ headers }: ApiRequest): ApiAnswer | undefined {
    return /^(Bearer|token) /.test(headers.authorization ?? '') &&
      headers.authorization!.endsWith(` ${this.token}`)
      ? undefined
      : { status: 401, body: { message: 'Bad credentials' } };
  }

  protected answer({ method, path, body, query }: ApiRequest): ApiAnswer {
    const [, repository, number, rest = ''] = ROUTE.exec(path) ?? [];
    if (!this.#repositories.includes(repository)) {
      return { status: 404, body: { message: 'Not Found' } };
    }
    if (!number) {
      return method === 'POST'
        ? this.#create(repository, body)
        : this.#list(repository, query);
    }
    const key = `${repository}#${number}`;
    const issue = this.issues.get(key);
    if (!issue) {
      return { status: 404, body: { message: 'Not Found' } };
    }
    if (method === 'DELETE' && rest.startsWith('labels/')) {
      return removeLabel(issue, rest.slice('labels/'.length));
    }
    switch (`${method} ${rest}`) {
      case 'GET ':
        return { status: 200, body: this.#view(key, issue) };
      case 'PATCH ':
        return this.#patch(key, issue, body);
      case 'POST labels':
        issue.labels = [...new Set([...issue.labels, ...body.labels])];
        return { status: 200, body: [] };
      case 'GET comments':
        return page(
          query,
          issue.comments.map((text, id) => ({ id, body: text })),
        );
      case 'POST comments':
        return comment(issue, body);
      default:
        return { status: 404, body: { message: 'Not Found' } };
    }
  }

  #view(key: string, issue: GithubIssue): unknown {
    return {
      number: issue.number,
      title: issue.title,
      body: issue.body,
      state: issue.state,
      state_reason: issue.reason,
      labels: issue.labels.map(name => ({ name })),
      html_url: `${this.url}/${key.replace('#', '/issues/')}`,
      ...(issue.isPullRequest ? { pull_request: {} } : {}),
    };
  }

  #create(repository: string, body: any): ApiAnswer {
    if (typeof body?.title !== 'string' || body.title === '') {
      return {
        status: 422,
        body: {
          message: 'Validation Failed',
          errors: [
            { resource: 'Issue', field: 'title', code: 'missing_field' },
          ],
        },
      };
    }
    const number = this.issues.size + 1;
    const key = `${repository}#${number}`;
    const issue = this.add(key, {
      title: body.title,
      body: body.body ?? '',
      labels: body.labels ?? [],
    });
    return { status: 201, body: this.#view(key, issue) };
  }

  #list(repository: string, query: URLSearchParams): ApiAnswer {
    const all = [...this.issues.entries()]
      .filter(([key]) => key.startsWith(`${repository}#`))
      .reverse();
    return page(
      query,
      all.map(([key, issue]) => this.#view(key, issue)),
    );
  }

  #patch(key: string, issue: GithubIssue, body: any): ApiAnswer {
    if (!['open', 'closed'].includes(body?.state)) {
      return { status: 422, body: { message: 'Validation Failed' } };
    }
    issue.state = body.state;
    issue.reason = body.state_reason ?? null;
    return { status: 200, body: this.#view(key, issue) };
  }
}

function removeLabel(issue: GithubIssue, label: string): ApiAnswer {
  if (!issue.labels.includes(label)) {
    return { status: 404, body: { message: 'Label does not exist' } };
  }
  issue.labels = issue.labels.filter(one => one !== label);
  return { status: 200, body: [] };
}

function comment(issue: GithubIssue, body: any): ApiAnswer {
  if (typeof body?.body !== 'string' || body.body === '') {
    return { status: 422, body: { message: 'Validation Failed' } };
  }
  issue.comments.push(body.body);
  return { status: 201, body: { id: issue.comments.length - 1 } };
}

function page(query: URLSearchParams, all: unknown[]): ApiAnswer {
  const most = Number(query.get('per_page') ?? 30);
  const from = (Number(query.get('page') ?? 1) - 1) * most;
  return { status: 200, body: all.slice(from, from + most) };
}
