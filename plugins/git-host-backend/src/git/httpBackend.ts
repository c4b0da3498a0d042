import { spawn } from 'node:child_process';
import { IncomingMessage, ServerResponse } from 'node:http';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ForwardedError } from '@backstage/errors';
import { readCgiHead } from './cgi';
import { gitEnvironment } from './environment';
import { notRunnable } from './runGit';
import { SizeLimit } from './SizeLimit';

/** The two services of git's smart HTTP protocol. */
export type GitService = 'git-upload-pack' | 'git-receive-pack';

export interface HttpBackendRequest {
  /** Absolute path of the bare repository. */
  repository: string;
  /** What comes after the repository in the address. */
  endpoint: 'info/refs' | GitService;
  service: GitService;
  /** Who is asking; undefined for an anonymous reader. */
  username?: string;
  /** Bytes that a request may send, packs and compressed bodies alike. */
  maxPushSize: number;
}

/**
 * Answers a request of git's smart HTTP protocol with git's own CGI program.
 * Nothing is held in memory: bodies stream in both directions. The caller ends
 * the response.
 *
 * @throws ContentTooLargeError when the body is too large and nothing has been
 * sent yet
 */
export async function serveGit(
  req: IncomingMessage,
  res: ServerResponse,
  request: HttpBackendRequest,
): Promise<void> {
  const { repository, service } = request;
  const limit = new SizeLimit(request.maxPushSize, req.headers);
  const child = spawn('git', ['http-backend'], {
    cwd: repository,
    env: {
      ...gitEnvironment(repository, {
        'http.uploadpack': String(service === 'git-upload-pack'),
        'http.receivepack': String(service === 'git-receive-pack'),
        'http.getanyfile': 'false',
        'uploadpack.allowFilter': 'true',
        'receive.maxInputSize': String(request.maxPushSize),
      }),
      ...cgiEnvironment(req, request),
    },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => {
    stderr = (stderr + chunk.toString()).slice(-2000);
  });
  const started = new Promise<never>((_resolve, reject) => {
    child.once('error', error => reject(notRunnable(error)));
  });
  const ended = new Promise<void>(resolve => child.once('close', resolve));
  // A reader who went away needs no more objects. A push that has arrived is
  // taken to its end, so that git leaves no lock behind.
  if (service === 'git-upload-pack') res.once('close', () => child.kill());

  // git may answer and end before it has read the body. The rest is read and
  // dropped, so that the client comes to the answer.
  const sent = pipeline(req, limit, child.stdin).catch(error => {
    child.stdin.destroy();
    if (limit.exceeded) throw error;
    req.resume();
  });
  const answered = answer(child.stdout, res);
  answered.catch(() => {});
  try {
    await Promise.race([Promise.all([sent, answered]), started]);
  } catch (error) {
    child.kill();
    if (res.destroyed) return;
    throw limit.exceeded || !stderr
      ? error
      : new ForwardedError(`git http-backend: ${stderr.trim()}`, error);
  } finally {
    if (child.pid) await ended;
  }
}

async function answer(stdout: Readable, res: ServerResponse): Promise<void> {
  const { status, headers, rest } = await readCgiHead(stdout);
  res.writeHead(status, headers);
  res.write(rest);
  await pipeline(stdout, res, { end: false });
}

function cgiEnvironment(
  req: IncomingMessage,
  request: HttpBackendRequest,
): NodeJS.ProcessEnv {
  const { repository, endpoint, service, username } = request;
  const { headers } = req;
  const protocol = headers['git-protocol'];
  const length = headers['content-length'];
  return {
    GIT_PROJECT_ROOT: dirname(repository),
    GIT_HTTP_EXPORT_ALL: '1',
    PATH_INFO: `/${repository.slice(
      dirname(repository).length + 1,
    )}/${endpoint}`,
    QUERY_STRING: endpoint === 'info/refs' ? `service=${service}` : '',
    REQUEST_METHOD: req.method,
    CONTENT_TYPE: headers['content-type'] ?? '',
    // Absent for a chunked body; git then reads to the end of its input.
    ...(length === undefined ? {} : { CONTENT_LENGTH: length }),
    ...(headers['content-encoding']
      ? { HTTP_CONTENT_ENCODING: headers['content-encoding'] }
      : {}),
    ...(typeof protocol === 'string' && /^version=\d$/.test(protocol)
      ? { GIT_PROTOCOL: protocol }
      : {}),
    ...(username ? { REMOTE_USER: username } : {}),
    REMOTE_ADDR: req.socket.remoteAddress ?? '',
    // The name in reflogs; git refuses to guess one.
    GIT_COMMITTER_NAME: username ?? 'anonymous',
    GIT_COMMITTER_EMAIL: `${username ?? 'anonymous'}@git-host.invalid`,
  };
}
