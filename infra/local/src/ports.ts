import { createServer, type Server } from 'node:net';
import { CannotStart } from './cannotStart.ts';
import { whoListens } from './whoListens.ts';

export type Held = { readonly port: number; release(): Promise<void> };

const isTaken = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'EADDRINUSE' || error.code === 'EACCES');

const close = (server: Server): Promise<void> => new Promise((resolve) => server.close(() => resolve()));

/** Listens on the port so that nobody else can take it until it is released; undefined when somebody has it. */
export const hold = (port: number, host = '127.0.0.1'): Promise<Held | undefined> =>
  new Promise((resolve, reject) => {
    const server = createServer((connection) => connection.destroy());
    server.once('error', (error) => (isTaken(error) ? resolve(undefined) : reject(error)));
    server.listen(port, host, () => {
      server.unref();
      resolve({ port, release: () => close(server) });
    });
  });

/** Holds the port a person chose, or tells who has it and what to do. */
export const holdChosen = async (port: number, host?: string): Promise<Held> => {
  const held = await hold(port, host);
  if (held) return held;
  const who = await whoListens(port);
  const advice = port < 1024 ? 'Take one above 1023' : 'Stop that program or take another port';
  throw new CannotStart(
    `Port ${port} is taken${who ? ` by ${who}` : ' by another program'}. ${advice}, for example: PORT=${Math.max(port, 8080) + 1} npm start`,
  );
};

const blockSize = 16;
// Below the ports that Linux and macOS hand out to outgoing connections, so that none of ours is taken in between.
const firstPort = 20_000;
const blocks = 750;

/** The first ports of all blocks, from a chosen one on and around. */
export const blocksFrom = (start: number): number[] =>
  Array.from({ length: blocks }, (_, n) => firstPort + ((start + n) % blocks) * blockSize);

const holdAll = async (ports: readonly number[]): Promise<Held[] | undefined> => {
  const tried = await Promise.all(ports.map((port) => hold(port)));
  const held = tried.filter((one) => one !== undefined);
  if (held.length === ports.length) return held;
  await Promise.all(held.map((one) => one.release()));
  return undefined;
};

export type ClaimedPorts = {
  /** Held until each is released, right before its owner starts. */
  readonly held: readonly Held[];
  /** Gives the whole claim back. */
  release(): Promise<void>;
};

/**
 * Free ports for one run. The first port of a block is held for as long as the run lives, and whoever wants ports asks for that
 * one first: so two runs never pick the same, even while their processes are still starting, and a run that was killed leaves
 * nothing behind.
 */
export const claimPorts = async (count: number): Promise<ClaimedPorts> => {
  if (count >= blockSize) throw new RangeError(`at most ${blockSize - 1} ports at once`);
  for (const first of blocksFrom(Math.floor(Math.random() * blocks))) {
    const guard = await hold(first);
    if (!guard) continue;
    const held = await holdAll(Array.from({ length: count }, (_, n) => first + 1 + n));
    if (held) {
      return {
        held,
        release: async () => {
          await Promise.all(held.map((one) => one.release()));
          await guard.release();
        },
      };
    }
    await guard.release();
  }
  throw new CannotStart(`No free ports between ${firstPort} and ${firstPort + blocks * blockSize}. Stop other runs of Umuhuza.`);
};
