import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { StartFailure } from './startFailure.ts';

export type Listening = { readonly port: number; readonly server: Server; readonly stop: () => Promise<void> };

/** Listens; stops by taking no new connections, finishing the requests under way and closing idle connections. */
export const listen = async (
  app: RequestListener,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<Listening> => {
  // Idle connections are kept longer than the door's own agent keeps them, so that it never writes into one that is being closed.
  let stopping = false;
  const server = createServer({ requestTimeout: 60_000, headersTimeout: 20_000, keepAliveTimeout: 75_000 }, (req, res) => {
    if (stopping) res.setHeader('Connection', 'close');
    app(req, res);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        error.code === 'EADDRINUSE'
          ? new StartFailure(`Port ${port} is taken by another program. Stop it, or set PORT to a free one.`, { cause: error })
          : error,
      );
    });
    server.listen(port, host, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    server,
    stop: () =>
      new Promise<void>((resolve, reject) => {
        stopping = true;
        // A connection that was busy a moment ago becomes idle after its answer; it is closed then, not when its keep-alive ends.
        const sweeping = setInterval(() => server.closeIdleConnections(), 50);
        server.close((error) => {
          clearInterval(sweeping);
          if (error) reject(error);
          else resolve();
        });
        server.closeIdleConnections();
      }),
  };
};
