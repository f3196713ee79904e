import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { Transform, type TransformCallback } from 'node:stream';

/** A line before a server that can be cut and slowed down. */
export type Relay = {
  readonly port: number;
  /** Where the line leads from now on. */
  readonly leadTo: (port: number) => void;
  /** Each connection breaks off amid the next bytes that come, in whatever direction; answers how many there were. */
  readonly cut: () => number;
  /** Bytes take this many milliseconds longer, in each direction. */
  readonly slowDown: (milliseconds: number) => void;
  readonly close: () => Promise<void>;
};

type Line = { isCut: boolean };

/** One direction of a connection: in order, late, and ended in the middle of what comes once the line is cut. */
const carry = (line: Line, lateness: () => number, breakOff: () => void) =>
  new Transform({
    transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback) {
      const pass = () => {
        if (!line.isCut) return done(null, chunk);
        this.push(chunk.subarray(0, Math.floor(chunk.length / 2)));
        setImmediate(breakOff);
      };
      const late = lateness();
      if (late > 0) setTimeout(pass, late);
      else pass();
    },
  });

export const openRelay = async (): Promise<Relay> => {
  let target: number | undefined;
  let lateness = 0;
  const lines = new Set<Line>();
  const sockets = new Set<Socket>();

  const server = createServer({ noDelay: true }, (near) => {
    if (target === undefined) return void near.destroy();
    const far = connect({ host: '127.0.0.1', port: target, noDelay: true });
    const line: Line = { isCut: false };
    lines.add(line);
    const breakOff = () => {
      lines.delete(line);
      near.destroy();
      far.destroy();
    };
    for (const socket of [near, far]) {
      sockets.add(socket);
      // What happens at one end happens at the other: each sees only that its connection ended.
      socket.once('close', () => {
        sockets.delete(socket);
        breakOff();
      });
      socket.on('error', breakOff);
    }
    near.pipe(carry(line, () => lateness, breakOff)).pipe(far);
    far.pipe(carry(line, () => lateness, breakOff)).pipe(near);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    leadTo: (port) => {
      target = port;
    },
    cut: () => {
      for (const line of lines) line.isCut = true;
      return lines.size;
    },
    slowDown: (milliseconds) => {
      lateness = milliseconds;
    },
    close: async () => {
      server.close();
      for (const socket of sockets) socket.destroy();
      await once(server, 'close');
    },
  };
};
