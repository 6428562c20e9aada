import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import express, { NextFunction, Request, Response } from 'express';

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

/** A listening server. */
export interface ListeningServer {
  port: number;
  stop(): Promise<void>;
}

/**
 * Starts an express application.
 *
 * @throws Error that names the port when it is taken.
 */
export async function listen(
  app: express.Express,
  options: { port: number; host: string; name: string },
): Promise<ListeningServer> {
  const server = createServer(app);
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
  return { port: address.port, stop: () => close(server) };
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
