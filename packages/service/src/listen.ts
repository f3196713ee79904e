import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, Server as NetServer } from 'node:net';
import { StartFailure } from './startFailure.ts';

export type Listening = { readonly port: number; readonly server: Server; readonly stop: () => Promise<void> };

export type ListenOptions = {
  readonly host: string;
  readonly port: number;
  /** Where the system can: another process may listen on the same port, so that a new one takes over before the old one stops. */
  readonly shared?: boolean;
  /** Milliseconds for which a stop leaves idle connections open, so that who is about to use one is answered, and then goes elsewhere. */
  readonly linger?: number;
};

/** Of a service that is restarted by another process that takes over: who is about to ask over a kept connection is still answered. */
export const handingOver = { shared: true, linger: 500 } as const satisfies Partial<ListenOptions>;

/** Listens; stops by taking no new connections, finishing the requests under way and closing idle connections. */
export const listen = async (
  app: RequestListener,
  { host, port, shared = false, linger = 0 }: ListenOptions,
): Promise<Listening> => {
  let stopping = false;
  // Idle connections are kept longer than the door's own agent keeps them, so that it never writes into one that is being closed.
  // A document of 20 MB takes minutes on a slow line; headers have to come at once.
  const server = createServer({ requestTimeout: 600_000, headersTimeout: 20_000, keepAliveTimeout: 75_000 }, (req, res) => {
    lastOnceStopping(res, () => stopping);
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
    server.listen({ port, host, reusePort: shared && process.platform === 'linux' }, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    server,
    stop: () =>
      new Promise<void>((resolve, reject) => {
        stopping = true;
        const begun = performance.now();
        // A connection that was busy a moment ago becomes idle after its answer; it is closed then, not when its keep-alive ends.
        // Right after everything that has arrived was read: of a busy process, a request lies unread on many a connection that looks idle.
        const sweep = () =>
          setImmediate(() => {
            if (performance.now() - begun >= linger) server.closeIdleConnections();
          });
        const sweeping = setInterval(sweep, 50);
        const ended = (error?: Error) => {
          clearInterval(sweeping);
          if (error) reject(error);
          else resolve();
        };
        // Node's HTTP server closes idle connections together with its listener; what it is built on closes the listener alone.
        const close = () => (linger > 0 ? NetServer.prototype.close.call(server, ended) : server.close(ended));
        // A connection that was made but not yet taken is lost with a shared listener: it is closed after a turn in which none came. Each turn
        // of the loop takes one.
        if (shared) onceNoneComes(server, linger, close);
        else close();
        sweep();
      }),
  };
};

/** Calls when a whole turn of the event loop has brought no connection, or when so many milliseconds are over. */
const onceNoneComes = (server: Server, within: number, done: () => void): void => {
  const begun = performance.now();
  let taken = 0;
  const count = () => {
    taken += 1;
  };
  server.on('connection', count);
  const look = (before: number) => {
    if (taken !== before && performance.now() - begun < within) return setImmediate(look, taken);
    server.off('connection', count);
    done();
  };
  // From one such moment to the next lies everything that a turn reads.
  setImmediate(() => setImmediate(look, taken));
};

/** Decided when the answer is written, whenever it was asked for: who gets it uses another connection for what comes next. */
const lastOnceStopping = (res: ServerResponse, stopping: () => boolean): void => {
  const writeHead = res.writeHead.bind(res) as (...head: unknown[]) => ServerResponse;
  res.writeHead = (...head: unknown[]) => {
    if (stopping()) res.setHeader('Connection', 'close');
    return writeHead(...head);
  };
};
