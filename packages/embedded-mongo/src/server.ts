import { createServer, type Server, type Socket } from 'node:net';
import type { Engine, Request } from './commands/command.ts';
import { dispatch, errorReply } from './commands/dispatch.ts';
import { createCursors } from './cursors.ts';
import { failure } from './errors.ts';
import { createGroupCommit } from './groupCommit.ts';
import { openCatalog } from './storage/catalog.ts';
import { openStore } from './storage/store.ts';
import { startExpiry } from './ttl.ts';
import { createFramer, frameReply, type Message, ProtocolError, readMessage } from './wire.ts';

export type EmbeddedMongoOptions = {
  /** A SQLite file, or a directory for it; made where it is missing. */
  readonly file: string;
  /** Loopback unless told otherwise: there are no users and no passwords. */
  readonly host?: string;
  /** Zero for any free one. */
  readonly port?: number;
  /** Hears of faults within the server; what clients do wrong is told to them alone. */
  readonly onFault?: (error: unknown) => void;
  /** Milliseconds between looks for documents that have expired. */
  readonly expireEvery?: number;
  /** Milliseconds after which, at the latest, nothing is left in the files of what was deleted or written over. */
  readonly forgetWithin?: number;
  /** One transaction for each command: what group commit is measured against. */
  readonly commitEach?: boolean;
};

export type EmbeddedMongo = { readonly url: string; readonly port: number; readonly close: () => Promise<void> };

/** More clients than this at once are turned away. */
const mostConnections = 4096;

/** Bytes of replies that may wait for one client. */
const mostUnread = 64 * 1024 * 1024;

/** Serves one SQLite file over MongoDB's wire protocol. Rejects with `StoreUnusable`, or with the error of the port that is taken. */
export const startEmbeddedMongo = async ({
  file,
  host = '127.0.0.1',
  port = 0,
  onFault = reportFault,
  expireEvery = 60_000,
  forgetWithin = 10_000,
  commitEach = false,
}: EmbeddedMongoOptions): Promise<EmbeddedMongo> => {
  const store = openStore(file);
  const catalog = openCatalog(store);
  const engine: Engine = { store, catalog, cursors: createCursors() };
  const undone = (error: unknown): void => {
    onFault(error);
    catalog.reload();
  };
  const commits = createGroupCommit(store, undone, commitEach);
  const sockets = new Set<Socket>();
  let connections = 0;

  const answer = (message: Message, connectionId: number, send: (bytes: Buffer) => void): void => {
    const name = Object.keys(message.body)[0] ?? '';
    const db = typeof message.body.$db === 'string' ? message.body.$db : 'admin';
    const request: Request = { name, db, body: message.body, sequences: message.sequences, connectionId };
    const document = dispatch(request, engine, onFault);
    commits.afterCommit({
      client: connectionId,
      send: () => {
        if (message.wantsReply) send(frameReply(message, document));
      },
      fail: (error) => {
        const told = failure(
          'InterruptedAtShutdown',
          `the write could not be made durable: ${error instanceof Error ? error.message : String(error)}`,
        );
        if (message.wantsReply) send(frameReply(message, errorReply(told)));
      },
    });
  };

  const serve = (socket: Socket): void => {
    connections += 1;
    const connectionId = connections;
    const frames = createFramer();
    sockets.add(socket);
    socket.setNoDelay(true);
    const send = (bytes: Buffer): void => {
      if (socket.destroyed || !socket.writable) return;
      socket.write(bytes);
      // Who asks without reading the answers is not heard until they are read.
      if (socket.writableLength > mostUnread) socket.pause();
    };
    socket.on('drain', () => socket.resume());
    socket.on('data', (chunk: Buffer) => {
      try {
        for (const bytes of frames(chunk)) answer(readMessage(bytes), connectionId, send);
      } catch (error) {
        // Bytes that are no message end this connection, and nothing else.
        if (!(error instanceof ProtocolError)) onFault(error);
        socket.destroy();
      }
    });
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
  };

  const server = createServer(serve);
  server.maxConnections = mostConnections;
  try {
    await listen(server, port, host);
  } catch (error) {
    store.close();
    throw error;
  }
  const expiry = startExpiry(engine, commits, expireEvery, onFault);
  const forgetting = setInterval(() => {
    try {
      commits.flush();
      store.emptyLog();
    } catch (error) {
      onFault(error);
    }
  }, forgetWithin);
  forgetting.unref();
  const address = server.address();
  const bound = address && typeof address === 'object' ? address.port : port;

  let closing: Promise<void> | undefined;
  const close = (): Promise<void> => {
    closing ??= (async () => {
      expiry.stop();
      clearInterval(forgetting);
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      commits.flush();
      // What was answered goes out before the connections end.
      for (const socket of sockets) socket.destroySoon();
      await closed;
      store.close();
    })();
    return closing;
  };
  return { url: `mongodb://${host.includes(':') ? `[${host}]` : host}:${bound}`, port: bound, close };
};

const listen = (server: Server, port: number, host: string): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });

const reportFault = (error: unknown): void => {
  process.stderr.write(`embedded-mongo: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
};
