import { setTimeout as delay } from 'node:timers/promises';
import type { Eyes } from './observe.ts';
import type { Processes } from './processes.ts';
import type { Random } from './random.ts';
import type { Relay } from './relay.ts';

/**
 * What happens besides kills: `freeze` stops a process for some seconds and lets it go on as if nothing had been; `forget` deletes a durable
 * consumer, so that everything is delivered again; `cut` breaks all connections to NATS or MongoDB off half way; `slow` delays what
 * they carry.
 */
export const kindsOfTrouble = ['freeze', 'forget', 'cut', 'slow'] as const;
export type KindOfTrouble = (typeof kindsOfTrouble)[number];

export type Troubling = {
  readonly made: Readonly<Record<KindOfTrouble, number>>;
  /** Settles when the last trouble is over. */
  readonly done: Promise<void>;
  readonly end: () => void;
};

export type TroubleOptions = {
  readonly system: Pick<Processes, 'parts' | 'pidOf'>;
  readonly eyes: { readonly jsm: { readonly consumers: Pick<Eyes['jsm']['consumers'], 'delete'> } } & {
    readonly consumers: () => Promise<readonly { readonly stream_name: string; readonly name: string }[]>;
  };
  /** The lines to NATS and to MongoDB. */
  readonly lines: readonly Pick<Relay, 'cut' | 'slowDown'>[];
  readonly random: Random;
  readonly troubles: number;
  readonly progress: () => number;
  readonly signal?: (pid: number, signal: NodeJS.Signals) => void;
  /** Longest freeze and longest slowness, in milliseconds. */
  readonly longest?: number;
};

/**
 * How far the run has come at the last trouble of a kind. A consumer is forgotten early: what comes to rest within seconds is a system
 * that was restarted, not one that hears a whole stream again; how long that takes, the full replay tells.
 */
const lastOf: Readonly<Record<KindOfTrouble, number>> = { freeze: 0.95, forget: 0.6, cut: 0.95, slow: 0.95 };
const mostLate = 250;

/** Sends a signal to a process that may have ended meanwhile. */
const toProcess = (pid: number, signal: NodeJS.Signals): void => {
  try {
    process.kill(pid, signal);
  } catch {
    // It was killed while it was frozen.
  }
};

/** Makes troubles of all kinds in turn, at random moments and to whom chance says, while the run goes on. */
export const troubleAtRandom = (options: TroubleOptions): Troubling => {
  const { system, eyes, lines, random, troubles, progress, signal = toProcess, longest = 6_000 } = options;
  const made: Record<KindOfTrouble, number> = { freeze: 0, forget: 0, cut: 0, slow: 0 };
  const ended = new AbortController();
  const lasting = new Set<Promise<void>>();

  const during = async (milliseconds: number, over: () => void) => {
    // Ended before its time is over, too.
    await delay(milliseconds, undefined, { signal: ended.signal }).catch(() => undefined);
    over();
  };

  const make: Readonly<Record<KindOfTrouble, (dice: Random) => Promise<void>>> = {
    freeze: async (dice) => {
      const pid = system.pidOf(dice.pick(system.parts));
      signal(pid, 'SIGSTOP');
      const lasts: Promise<void> = during(1_000 + dice.below(longest - 1_000), () => signal(pid, 'SIGCONT'));
      lasting.add(lasts);
    },
    forget: async (dice) => {
      const { stream_name, name } = dice.pick(await eyes.consumers());
      await eyes.jsm.consumers.delete(stream_name, name);
    },
    cut: async (dice) => {
      dice.pick(lines).cut();
    },
    slow: async (dice) => {
      const line = dice.pick(lines);
      line.slowDown(20 + dice.below(mostLate));
      lasting.add(during(500 + dice.below(longest / 2), () => line.slowDown(0)));
    },
  };

  const coming = Array.from({ length: troubles }, (_, n) => {
    const kind = kindsOfTrouble[n % kindsOfTrouble.length] as KindOfTrouble;
    return { n, kind, moment: random.next() * lastOf[kind] };
  }).sort((a, b) => a.moment - b.moment);
  const done = (async () => {
    for (const { n, kind, moment } of coming) {
      while (progress() < moment && !ended.signal.aborted) await delay(20);
      const dice = random.fork(`trouble-${n}`);
      while (!ended.signal.aborted) {
        try {
          await make[kind](dice);
          made[kind] += 1;
          break;
        } catch {
          // Whom it was meant for is down, or the broker that would have to forget is: once it is back.
          await delay(200);
        }
      }
    }
    await Promise.all(lasting);
  })();
  return { made, done, end: () => ended.abort() };
};
