import { spawn } from 'node:child_process';
import { Request, Response } from 'express';
import { gitEnvironment } from './git';

/**
 * Serves one request of the smart HTTP protocol from a bare repository, read-only.
 *
 * @param projectRoot - folder that holds the bare repositories
 * @param pathInfo - path below it, for example `/owner/name.git/info/refs`
 */
export async function serveGitHttp(
  req: Request,
  res: Response,
  projectRoot: string,
  pathInfo: string,
): Promise<void> {
  const child = spawn('git', ['http-backend'], {
    env: {
      ...gitEnvironment(),
      GIT_PROJECT_ROOT: projectRoot,
      GIT_HTTP_EXPORT_ALL: '1',
      PATH_INFO: pathInfo,
      REQUEST_METHOD: req.method,
      QUERY_STRING: req.originalUrl.split('?')[1] ?? '',
      CONTENT_TYPE: req.header('content-type') ?? '',
      HTTP_CONTENT_ENCODING: req.header('content-encoding') ?? '',
      GIT_PROTOCOL: req.header('git-protocol') ?? '',
    },
  });
  res.on('close', () => child.kill());
  // A client that leaves early ends both pipes; the process ends by itself then.
  child.stdin.on('error', () => child.kill());
  req.pipe(child.stdin);

  let head = Buffer.alloc(0);
  let started = false;
  child.stdout.on('data', (chunk: Buffer) => {
    if (started) {
      res.write(chunk);
      return;
    }
    head = Buffer.concat([head, chunk]);
    const end = head.indexOf('\r\n\r\n');
    if (end >= 0) {
      started = true;
      writeCgiHead(res, head.subarray(0, end).toString('utf8'));
      res.write(head.subarray(end + 4));
    }
  });
  await new Promise<void>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', () => {
      if (!started) {
        res.status(500);
      }
      res.end();
      resolve();
    });
  });
}

function writeCgiHead(res: Response, head: string): void {
  for (const line of head.split('\r\n')) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon);
    const value = line.slice(colon + 1).trim();
    if (name.toLowerCase() === 'status') {
      res.status(Number.parseInt(value, 10));
    } else {
      res.setHeader(name, value);
    }
  }
}
