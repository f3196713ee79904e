import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Company } from '../door.ts';
import type { Command, Receipt, Told } from './history.ts';
import { type Call, type Lines, NoReply, type Reply } from './http.ts';
import type { Processes } from './processes.ts';
import type { Random } from './random.ts';

export type Order = {
  /** What is asked, in words. */
  readonly what: string;
  readonly by: Company;
  readonly method: 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly body?: unknown;
  readonly effect: string | ((key: string) => string);
  /** The aggregate, or how it is found in the answer. */
  readonly about: string | ((body: unknown) => string);
  readonly receipt?: (body: unknown) => Receipt;
};

export type Clients = {
  /** Sends until there is an answer; undefined when the run ended before. */
  readonly act: (order: Order) => Promise<Reply | undefined>;
  /** Reads until there is an answer. */
  readonly read: (by: Company, path: string) => Promise<Reply | undefined>;
  /** Numbers that make texts unique within the run. */
  readonly number: () => number;
  readonly commands: readonly Command[];
  /** Sends a part of the commands that were answered once more, as their clients sent them; answers how many. */
  readonly askAgainLater: () => Promise<number>;
  /** How many requests were sent again because no answer came. */
  readonly retries: () => number;
};

export type ClientOptions = {
  readonly system: Pick<Processes, 'portOf' | 'replicasOf'>;
  readonly lines: Lines;
  readonly random: Random;
  /** Commands a second over all clients. */
  readonly rate: number;
  /** The instant of `performance.now()` at which clients stop trying. */
  readonly givesUpAt: () => number;
  readonly onAnswered: () => void;
};

const odds = { throughTheDoor: 0.15, hangUp: 0.03, twin: 0.03, again: 0.05, later: 0.1 };

/** Requests sent side by side when old ones are sent again. */
const laterLanes = 20;

const digestOf = (body: unknown): string => createHash('sha256').update(JSON.stringify(body)).digest('base64url').slice(0, 16);

/** Clients that never give up while the run lasts: each command keeps its key until it is answered. */
export const openClients = ({ system, lines, random, rate, givesUpAt, onAnswered }: ClientOptions): Clients => {
  const commands: Command[] = [];
  const toAskLater: (() => Promise<void>)[] = [];
  let numbers = 0;
  let retries = 0;
  let nextAt = performance.now();

  /** Keeps to the rate: waits for this command's turn. */
  const turn = async () => {
    nextAt = Math.max(nextAt, performance.now() - 1_000) + 1_000 / rate;
    const wait = nextAt - performance.now();
    if (wait > 1) await delay(wait);
  };

  const portFor = (path: string, dice: Random): number => {
    const service = path.split('/')[2] ?? '';
    return system.portOf(dice.chance(odds.throughTheDoor) ? 'portal' : dice.pick(system.replicasOf(service)));
  };

  /** Undefined: no answer. What is no word of the service on the command itself counts as none. */
  const ask = async (by: Company, call: Omit<Call, 'port' | 'headers'>, headers: Record<string, string>, dice: Random) => {
    try {
      const authorization = await by.token();
      const reply = await lines.call({ ...call, port: portFor(call.path, dice), headers: { ...headers, authorization } });
      return reply.status >= 500 || reply.status === 401 || reply.status === 429 ? undefined : reply;
    } catch (error) {
      // Identity away while a token ends, a dead process, a line cut: all the same to a client.
      if (error instanceof NoReply || error instanceof Error) return undefined;
      throw error;
    }
  };

  const untilAnswered = async (attempt: () => Promise<Reply | undefined>, onTry: () => void): Promise<Reply | undefined> => {
    for (let pause = 40; performance.now() < givesUpAt(); pause = Math.min(pause * 2, 800)) {
      onTry();
      const reply = await attempt();
      if (reply) return reply;
      retries += 1;
      await delay(pause);
    }
    return undefined;
  };

  return {
    commands,
    number: () => ++numbers,
    retries: () => retries,
    read: (by, path) =>
      untilAnswered(
        () => ask(by, { method: 'GET', path }, {}, random),
        () => undefined,
      ),
    act: async (order) => {
      await turn();
      const n = commands.length + 1;
      const dice = random.fork(`command-${n}`);
      const key = `key-${n}-${dice.next().toString(36).slice(2)}`;
      const told: Told[] = [];
      const toldAgain: Told[] = [];
      const { what, by, method, path, body } = order;
      const call = { method, path, ...(body === undefined ? {} : { body }) };
      const headers = { 'idempotency-key': key };
      const command: { -readonly [Key in keyof Command]: Command[Key] } = {
        n,
        at: new Date().toISOString(),
        what,
        organisation: by.organisationId,
        key,
        effect: typeof order.effect === 'string' ? order.effect : order.effect(key),
        ...(typeof order.about === 'string' ? { about: order.about } : {}),
        tries: 0,
        told,
        toldAgain,
      };
      commands.push(command);
      const heard = ({ status, body: answer }: Reply): Told => ({
        status,
        body: digestOf(answer),
        ...(status < 300 ? {} : { problem: String((answer as { type?: unknown } | undefined)?.type) }),
      });

      const reply = await untilAnswered(
        async () => {
          const hangsUp = dice.chance(odds.hangUp);
          const twins = dice.chance(odds.twin) ? 2 : 1;
          const asked = Array.from({ length: twins }, () =>
            ask(by, { ...call, ...(hangsUp ? { hangUpAfter: dice.below(25) } : {}) }, headers, dice),
          );
          const replies = (await Promise.all(asked)).filter((one) => one !== undefined);
          for (const one of replies) told.push(heard(one));
          return replies.find(({ status }) => status < 300) ?? replies[0];
        },
        () => {
          command.tries += 1;
        },
      );
      if (reply && reply.status < 300) {
        if (typeof order.about !== 'string') command.about = order.about(reply.body);
        if (order.receipt) command.receipt = order.receipt(reply.body);
        if (dice.chance(odds.again)) {
          const again = await ask(by, call, headers, dice);
          if (again) toldAgain.push(heard(again));
        }
      }
      if (reply && dice.chance(odds.later))
        toAskLater.push(async () => {
          const later = await untilAnswered(
            () => ask(by, call, headers, dice),
            () => undefined,
          );
          if (later) command.toldLater = heard(later);
        });
      onAnswered();
      return reply;
    },
    askAgainLater: async () => {
      const next = toAskLater.values();
      const lane = async () => {
        for (const askLater of next) await askLater();
      };
      await Promise.all(Array.from({ length: laterLanes }, lane));
      return toAskLater.length;
    },
  };
};
