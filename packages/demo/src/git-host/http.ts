import { createServer, RequestListener, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { NextFunction, Request, Response } from 'express';

/** A handler that may be async; what it throws reaches the error handler. */
export type AsyncHandler = (
  req: Request,
  res: Response,
  next: NextFunction,
) => Promise<void>;

/** Hands what an async handler throws to express. */
export function handle(handler: AsyncHandler) {
  return (req: Request, res: Response, next: NextFunction) => {
    handler(req, res, next).catch(next);
  };
}

/** A listening server; answers 503 until it is told what to serve. */
export interface ListeningServer {
  port: number;
  serve(app: RequestListener): void;
  stop(): Promise<void>;
}

/**
 * Listens on a port, so that it is known before there is anything to serve.
 *
 * @throws Error that names the port when it is taken.
 */
export async function listen(options: {
  port: number;
  host: string;
  name: string;
}): Promise<ListeningServer> {
  let app: RequestListener = (_req, res) => {
    res.writeHead(503, { 'Retry-After': '1' }).end('Starting');
  };
  const server = createServer((req, res) => app(req, res));
  await new Promise<void>((resolve, reject) => {
    server.once('error', error =>
      reject(
        new Error(
          `The ${options.name} could not listen on ${options.host}:${options.port} (${error.message}). Stop what uses the port or choose another one.`,
        ),
      ),
    );
    server.listen(options.port, options.host, resolve);
  });
  const address = server.address() as AddressInfo;
  return {
    port: address.port,
    serve: next => {
      app = next;
    },
    stop: () => close(server),
  };
}

async function close(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve, reject) => {
    server.close(error => (error ? reject(error) : resolve()));
  });
  server.closeAllConnections();
  await closed;
}

/** Answers an error that nothing handled in GitHub's shape, with its message. */
export function errorHandler(
  error: Error,
  _req: Request,
  res: Response,
  next: NextFunction,
): void {
  if (res.headersSent) {
    next(error);
    return;
  }
  res.status(500).json({ message: error.message });
}
