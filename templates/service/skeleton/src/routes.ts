/** An error that the caller may read. Everything else is answered as 500. */
export class HttpError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** One operation. `{name}` in its path matches one segment. */
export interface Route {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  path: string;
  handle(request: {
    params: Record<string, string>;
    query: URLSearchParams;
  }): Promise<object> | object;
}

/** What the service offers. Replace the example by your own operations. */
export const routes: Route[] = [
  {
    method: 'GET',
    path: '/v1/greetings/{name}',
    handle: ({ params }) => {
      const name = params.name ?? '';
      if (name.length > 100) {
        throw new HttpError(400, 'name: longer than 100 characters');
      }
      return { greeting: `Hello, ${name}` };
    },
  },
];

/** The operation for a path, its parameters, and the methods that the path knows. */
export function findRoute(
  all: Route[],
  method: string,
  path: string,
): { route?: Route; params: Record<string, string>; allowed: string[] } {
  const segments = path.split('/');
  const allowed: string[] = [];
  for (const route of all) {
    const params = match(route.path.split('/'), segments);
    if (params && route.method === method) {
      return { route, params, allowed: [method] };
    }
    if (params) {
      allowed.push(route.method);
    }
  }
  return { params: {}, allowed };
}

function match(pattern: string[], segments: string[]) {
  if (pattern.length !== segments.length) {
    return undefined;
  }
  const params: Record<string, string> = {};
  for (const [index, part] of pattern.entries()) {
    const segment = segments[index] ?? '';
    const [, name] = /^\{(\w+)\}$/.exec(part) ?? [];
    if (name && segment) {
      params[name] = decode(segment);
    } else if (part !== segment) {
      return undefined;
    }
  }
  return params;
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw new HttpError(400, 'The path is not valid percent-encoding');
  }
}
