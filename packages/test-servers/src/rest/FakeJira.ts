import { adfProblem, plainText } from './adf';
import { ApiAnswer, ApiRequest, FakeApi } from './FakeApi';

const ROOT = '/rest/api/3';

/** Names of states with their category, as Jira's simple workflow has them. */
const CATEGORIES: Record<string, string> = {
  'To Do': 'new',
  'In Progress': 'indeterminate',
  'In Review': 'indeterminate',
  Done: 'done',
};
/** Where one can go from a state: name of the transition and its end. */
const WORKFLOW: Record<string, Array<[name: string, to: string]>> = {
  'To Do': [['Start progress', 'In Progress']],
  'In Progress': [
    ['Stop progress', 'To Do'],
    ['Ask for review', 'In Review'],
    ['Finish', 'Done'],
  ],
  'In Review': [
    ['Finish', 'Done'],
    ['Back to work', 'In Progress'],
  ],
  Done: [['Reopen', 'To Do']],
};
const LINK_TYPES = [
  { id: '1', name: 'Relates', inward: 'relates to', outward: 'relates to' },
  { id: '2', name: 'Blocks', inward: 'is blocked by', outward: 'blocks' },
];

/** A ticket as the server keeps it. */
export interface JiraIssue {
  key: string;
  summary: string;
  description: string;
  type: string;
  state: string;
  labels: string[];
  comments: Array<{
    id: string;
    text: string;
    properties: Array<{ key: string; value: any }>;
  }>;
  links: Array<{ type: string; outward?: string; inward?: string }>;
  remoteLinks: Array<{ globalId?: string; url: string; title: string }>;
}

/** Speaks the part of Jira's REST API, version 3, that has to do with tickets. */
export class FakeJira extends FakeApi {
  readonly email = 'portal@hollowbrook.example';
  readonly token = 'token-of-the-portal';
  readonly bearer = 'bearer-of-the-portal';
  readonly issues = new Map<string, JiraIssue>();
  readonly #numbers = new Map<string, number>();
  #ids = 10_000;

  constructor(projects: string[] = ['SSIM', 'SUP']) {
    super();
    projects.forEach(project => this.#numbers.set(project, 0));
  }

  /** Adds a ticket. */
  add(key: string, more: Partial<JiraIssue> = {}): JiraIssue {
    const issue: JiraIssue = {
      key,
      summary: 'Something to do',
      description: '',
      type: 'Task',
      state: 'To Do',
      labels: [],
      comments: [],
      links: [],
      remoteLinks: [],
      ...more,
    };
    this.issues.set(key, issue);
    const [project, number] = key.split('-');
    this.#numbers.set(
      project,
      Math.max(Number(number), this.#numbers.get(project) ?? 0),
    );
    return issue;
  }

  protected refuse({ headers }: ApiRequest): ApiAnswer | undefined {
    const basic = Buffer.from(`${this.email}:${this.token}`).toString('base64');
    const known = [`Basic ${basic}`, `Bearer ${this.bearer}`];
    return known.includes(headers.authorization ?? '')
      ? undefined
      : {
          status: 401,
          body: 'Client must be authenticated to access this resource.',
        };
  }

  protected answer(request: ApiRequest): ApiAnswer {
    const { method, path, body } = request;
    const route = `${method} ${path.slice(ROOT.length)}`;
    if (!path.startsWith(`${ROOT}/`)) {
      return { status: 404, body: '<html>Not found</html>' };
    }
    switch (route) {
      case 'POST /issue':
        return this.#create(body);
      case 'POST /issueLink':
        return this.#link(body);
      case 'GET /issueLinkType':
        return { status: 200, body: { issueLinkTypes: LINK_TYPES } };
      case 'POST /search/jql':
        return this.#search(body);
      default:
    }
    const [, key, rest = ''] =
      /^\/issue\/([^/]+)(?:\/(.+))?$/.exec(path.slice(ROOT.length)) ?? [];
    const issue = this.issues.get(key);
    if (!issue) {
      return errors(
        404,
        'Issue does not exist or you do not have permission to see it.',
      );
    }
    switch (`${method} ${rest}`) {
      case 'GET ':
        return { status: 200, body: this.#view(issue) };
      case 'GET transitions':
        return { status: 200, body: { transitions: transitionsOf(issue) } };
      case 'POST transitions':
        return move(issue, body);
      case 'GET comment':
        return this.#comments(issue, request.query);
      case 'POST comment':
        return this.#comment(issue, body);
      case 'POST remotelink':
        return remoteLink(issue, body);
      default:
        return errors(405, `${route} is not allowed`);
    }
  }

  #view(issue: JiraIssue): unknown {
    return {
      id: issue.key,
      key: issue.key,
      self: `${this.url}${ROOT}/issue/${issue.key}`,
      fields: {
        summary: issue.summary,
        status: {
          name: issue.state,
          statusCategory: { key: CATEGORIES[issue.state] },
        },
        labels: issue.labels,
        issuelinks: issue.links.map(link => ({
          type: LINK_TYPES.find(one => one.name === link.type),
          ...(link.outward
            ? { outwardIssue: { key: link.outward } }
            : { inwardIssue: { key: link.inward } }),
        })),
      },
    };
  }

  #create(body: any): ApiAnswer {
    const { project, summary, issuetype, description, labels } =
      body?.fields ?? {};
    const problems: Record<string, string> = {};
    if (!this.#numbers.has(project?.key)) {
      problems.project = 'valid project is required';
    }
    if (typeof summary !== 'string' || summary.trim() === '') {
      problems.summary = 'You must specify a summary of the issue.';
    } else if (summary.length > 255 || /[\r\n]/.test(summary)) {
      problems.summary =
        'The summary is invalid because it contains newline characters or has more than 255 characters.';
    }
    if (!['Task', 'Bug', 'Story'].includes(issuetype?.name)) {
      problems.issuetype = 'Specify a valid issue type';
    }
    if (description !== undefined && adfProblem(description)) {
      problems.description = 'Operation value must be an Atlassian Document';
    }
    if ((labels ?? []).some((label: string) => /\s/.test(label))) {
      problems.labels = 'The label contains spaces which is invalid.';
    }
    if (Object.keys(problems).length > 0) {
      return { status: 400, body: { errorMessages: [], errors: problems } };
    }
    const number = (this.#numbers.get(project.key) ?? 0) + 1;
    const { key } = this.add(`${project.key}-${number}`, {
      summary,
      type: issuetype.name,
      description: description ? plainText(description) : '',
      labels: labels ?? [],
    });
    this.#ids += 1;
    return { status: 201, body: { id: String(this.#ids), key } };
  }

  #link(body: any): ApiAnswer {
    const type = LINK_TYPES.find(one => one.name === body?.type?.name);
    const from = this.issues.get(body?.inwardIssue?.key);
    const to = this.issues.get(body?.outwardIssue?.key);
    if (!type) {
      return errors(404, `No issue link type with name '${body?.type?.name}'`);
    }
    if (!from || !to) {
      return errors(404, 'Issue does not exist');
    }
    from.links.push({ type: type.name, outward: to.key });
    to.links.push({ type: type.name, inward: from.key });
    return { status: 201 };
  }

  #search(body: any): ApiAnswer {
    const [, project, label] =
      /^project = "([A-Z][A-Z0-9_]*)" AND labels = "([\w-]+)"$/.exec(
        body?.jql ?? '',
      ) ?? [];
    if (!project) {
      return errors(400, `Error in the JQL Query: ${body?.jql}`);
    }
    const issues = [...this.issues.values()].filter(
      one => one.key.startsWith(`${project}-`) && one.labels.includes(label),
    );
    return {
      status: 200,
      body: { issues: issues.map(one => this.#view(one)), isLast: true },
    };
  }

  #comments(issue: JiraIssue, query: URLSearchParams): ApiAnswer {
    const from = Number(query.get('startAt') ?? 0);
    const most = Number(query.get('maxResults') ?? 50);
    const withProperties = query.get('expand')?.includes('properties');
    const newest = [...issue.comments].reverse();
    return {
      status: 200,
      body: {
        startAt: from,
        maxResults: most,
        total: newest.length,
        comments: newest.slice(from, from + most).map(({ id, properties }) => ({
          id,
          ...(withProperties ? { properties } : {}),
        })),
      },
    };
  }

  #comment(issue: JiraIssue, body: any): ApiAnswer {
    if (adfProblem(body?.body)) {
      return errors(400, 'Comment body is not valid!');
    }
    this.#ids += 1;
    const id = String(this.#ids);
    issue.comments.push({
      id,
      text: plainText(body.body),
      properties: body.properties ?? [],
    });
    return { status: 201, body: { id } };
  }
}

function errors(status: number, message: string): ApiAnswer {
  return { status, body: { errorMessages: [message], errors: {} } };
}

function transitionsOf(issue: JiraIssue) {
  return WORKFLOW[issue.state].map(([name, to], index) => ({
    id: String(index + 1),
    name,
    to: { name: to, statusCategory: { key: CATEGORIES[to] } },
  }));
}

function move(issue: JiraIssue, body: any): ApiAnswer {
  const found = transitionsOf(issue).find(
    one => one.id === body?.transition?.id,
  );
  if (!found) {
    return errors(
      400,
      `It seems that you have tried to perform an illegal workflow operation for issue '${issue.key}'.`,
    );
  }
  issue.state = found.to.name;
  return { status: 204 };
}

function remoteLink(issue: JiraIssue, body: any): ApiAnswer {
  const { globalId, object } = body ?? {};
  if (!URL.canParse(object?.url ?? '') || !object.title) {
    return errors(400, 'object: url and title are required');
  }
  const known = issue.remoteLinks.find(
    one => globalId !== undefined && one.globalId === globalId,
  );
  if (known) {
    Object.assign(known, { url: object.url, title: object.title });
    return { status: 200, body: { id: 1 } };
  }
  issue.remoteLinks.push({ globalId, url: object.url, title: object.title });
  return { status: 201, body: { id: 1 } };
}
