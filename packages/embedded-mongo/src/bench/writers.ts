import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { deserialize, serialize } from 'bson';
import { createFramer } from '../wire.ts';

/**
 * Clients that say no more than the protocol asks (OP_MSG), one command under way on each connection. A driver costs a client more than the
 * server pays for the insert, and with both on a small machine it would be the driver that is measured.
 */
export type Writers = {
  /** Inserts so many documents and answers how many a second were acknowledged. */
  readonly rate: (count: number, documentAt: (n: number) => Record<string, unknown>) => Promise<number>;
  readonly close: () => void;
};

const headerBytes = 16;
const opMsg = 2013;

const insertOf = (document: Record<string, unknown>): Buffer => {
  const body = serialize({ insert: 'documents', documents: [document], $db: 'bench' });
  const message = Buffer.alloc(headerBytes + 5 + body.length);
  message.writeInt32LE(message.length, 0);
  message.writeInt32LE(1, 4);
  message.writeInt32LE(opMsg, 12);
  message.set(body, headerBytes + 5);
  return message;
};

const checked = (reply: Buffer): void => {
  const { ok, n, errmsg, writeErrors } = deserialize(reply.subarray(headerBytes + 5));
  if (ok !== 1 || n !== 1) throw new Error(`an insert was answered ${JSON.stringify({ ok, n, errmsg, writeErrors })}`);
};

export const openWriters = async (url: string, count: number): Promise<Writers> => {
  const { hostname: host, port } = new URL(url);
  const sockets = await Promise.all(
    Array.from({ length: count }, async () => {
      const socket = connect({ host, port: Number(port), noDelay: true });
      await once(socket, 'connect');
      return socket;
    }),
  );

  /** Sends one message after the other on this connection, each when the one before is answered. */
  const work = (socket: Socket, next: () => Buffer | undefined): Promise<void> =>
    new Promise((resolve, reject) => {
      const frame = createFramer();
      const ended = (settle: () => void) => {
        socket.removeAllListeners('data').removeAllListeners('error').removeAllListeners('close');
        settle();
      };
      const send = () => {
        const message = next();
        if (message) socket.write(message);
        else ended(resolve);
      };
      socket.on('error', (error) => ended(() => reject(error)));
      socket.on('close', () => ended(() => reject(new Error('the server hung up'))));
      socket.on('data', (chunk: Buffer) => {
        try {
          for (const reply of frame(chunk)) {
            checked(reply);
            send();
          }
        } catch (error) {
          ended(() => reject(error));
        }
      });
      send();
    });

  return {
    rate: async (total, documentAt) => {
      const messages = Array.from({ length: total }, (_, n) => insertOf(documentAt(n)));
      let sent = 0;
      const begun = performance.now();
      await Promise.all(sockets.map((socket) => work(socket, () => messages[sent++])));
      return total / ((performance.now() - begun) / 1_000);
    },
    close: () => {
      for (const socket of sockets) socket.destroy();
    },
  };
};
