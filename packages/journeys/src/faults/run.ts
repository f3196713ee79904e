import { setTimeout as delay } from 'node:timers/promises';
import { startSystem } from '@umuhuza/local/system';
import { check } from './check/checker.ts';
import { stillParked } from './check/deadLetters.ts';
import { effect } from './check/effects.ts';
import { openClients } from './clients.ts';
import { type Command, collection, type History, outcomeOf, type Violation } from './history.ts';
import { openLines } from './http.ts';
import { killAtRandom } from './kills.ts';
import { type Eyes, openEyes } from './observe.ts';
import { poisonAtRandom } from './poisoning.ts';
import { NotQuiet, untilQuiet } from './quiet.ts';
import { randomFrom } from './random.ts';
import { differencesBetween, replayEverything } from './replay.ts';
import { type Rolled, restartUnderLoad } from './rolling.ts';
import { editProfile, meet } from './scenes/firms.ts';
import { fillSlot, openEnvironment } from './scenes/sandbox.ts';
import type { Scene, Stage } from './scenes/stage.ts';
import { playTender, writeTender } from './scenes/tenders.ts';
import { companyOf, settle } from './town.ts';
import { failingsOf } from './verdict.ts';

export type FaultOptions = {
  readonly seed: string;
  /** How many commands are sent; scenes that have begun are played to their end. */
  readonly commands: number;
  /** Commands a second, at most. */
  readonly rate: number;
  readonly kills: number;
  /** How long commands are sent at most. */
  readonly seconds: number;
  readonly dataDir: string;
  readonly replay: boolean;
  /** Requests a second while each service is restarted with SIGTERM; 0 leaves that out. */
  readonly rolling: number;
  readonly onProgress: (progress: { readonly commands: number; readonly kills: number; readonly doing: string }) => void;
};

export type Outcome = {
  readonly seed: string;
  readonly commands: number;
  readonly acknowledged: number;
  readonly refused: number;
  readonly unanswered: number;
  readonly retries: number;
  readonly seconds: number;
  readonly kills: number;
  readonly killsAsked: number;
  readonly killsByPart: Readonly<Record<string, number>>;
  readonly failedStarts: number;
  readonly poisons: number;
  readonly deadLetters: number;
  /** Failed events that have tries left. */
  readonly parked: number;
  readonly events: number;
  readonly notifications: number;
  readonly redelivered: number;
  /** Milliseconds from when the last process was up again and the last client had its answer until nothing was under way. */
  readonly quietAfter: number;
  readonly replayedConsumers: number;
  /** Milliseconds. */
  readonly replayTook: number;
  readonly replayDifferences: readonly string[];
  readonly rolled?: Rolled;
  readonly violations: readonly Violation[];
  /** Why the run failed; empty when it showed what it must. */
  readonly failings: readonly string[];
  readonly history: History;
};

/** Clients that play one short scene after the other, and those that play tenders to their end, which takes a while each. */
const lanes = { short: 40, long: 6 };
const quietWithin = 180_000;
/** How long clients go on trying after the last kill, in milliseconds. */
const lastTries = 60_000;

const scenes: readonly { readonly scene: Scene; readonly weight: number }[] = [
  { scene: writeTender, weight: 4 },
  { scene: fillSlot, weight: 4 },
  { scene: editProfile, weight: 6 },
  { scene: meet, weight: 6 },
];
const deck = scenes.flatMap(({ scene, weight }) => Array<Scene>(weight).fill(scene));

/** Starts the whole system, works it from many clients while processes die, waits until it is quiet, and checks what is left. */
export const runFaults = async (options: FaultOptions): Promise<Outcome> => {
  const { seed, dataDir, onProgress } = options;
  const random = randomFrom(seed);
  onProgress({ commands: 0, kills: 0, doing: 'starting' });
  const system = await startSystem({
    dataDir,
    readyWithinMs: 120_000,
    env: {
      LOG_LEVEL: 'warn',
      RATE_LIMIT_READ: '1000000',
      RATE_LIMIT_WRITE: '1000000',
      RATE_LIMIT_SIGN_IN: '1000000',
      RATE_LIMIT_ADDRESS: '10000000',
    },
  });
  const lines = openLines();
  let eyes: Eyes | undefined;
  try {
    eyes = await openEyes(system);
    onProgress({ commands: 0, kills: 0, doing: 'settling' });
    const town = await settle(system.url, 3, 6);

    const begun = performance.now();
    const over = options.seconds * 1_000;
    let killing: ReturnType<typeof killAtRandom> | undefined;
    let givesUpAt = begun + over + lastTries;
    const clients = openClients({
      system,
      lines,
      random: random.fork('clients'),
      rate: options.rate,
      givesUpAt: () => givesUpAt,
      onAnswered: () =>
        onProgress({ commands: clients.commands.length, kills: killing?.killed.length ?? 0, doing: 'commands and kills' }),
    });
    const stage: Stage = { ...clients, ...town, random: random.fork('scenes'), environments: [] };
    for (const host of town.rwandans.slice(0, 3)) await openEnvironment(stage, host);

    const progress = () => Math.max((performance.now() - begun) / over, clients.commands.length / options.commands);
    killing = killAtRandom({
      system,
      random: random.fork('kills'),
      kills: options.kills,
      progress,
      onKill: () => undefined,
    });
    const poisoning = poisonAtRandom({
      js: eyes.js,
      random: random.fork('poison'),
      malformed: Math.max(12, Math.round(options.commands / 200)),
      throwing: 2,
      progress,
    });
    const isOver = () => performance.now() - begun > over || clients.commands.length >= options.commands;
    const play = async (next: () => Scene) => {
      while (!isOver()) await next()(stage);
    };
    const newcomers: Command[] = [];
    const register = async () => {
      for (let n = 0; !isOver(); n++) {
        newcomers.push(await enterOnce(system.url, `newcomer-${n}`, newcomers.length, () => givesUpAt));
        await delay(5_000);
      }
    };
    await Promise.all([
      ...Array.from({ length: lanes.short }, () => play(() => stage.random.pick(deck))),
      ...Array.from({ length: lanes.long }, () => play(() => playTender)),
      register(),
    ]);
    const seconds = (performance.now() - begun) / 1_000;
    killing.end();
    poisoning.end();
    onProgress({ commands: clients.commands.length, kills: killing.killed.length, doing: 'waiting until quiet' });
    await Promise.all([killing.done, poisoning.done]);
    givesUpAt = 0;

    const { poisons } = poisoning;
    const throwing = (stream: string) => poisons.filter((one) => one.kind === 'throwing' && one.stream === stream).length;
    const restless: Violation[] = [];
    const quiet = await untilQuiet(eyes, { within: quietWithin, throwing }).catch((error: unknown) => {
      if (!(error instanceof NotQuiet)) throw error;
      // What is left is judged all the same: what did not arrive tells what hinders it.
      restless.push({ rule: 'the system comes to rest', says: error.message });
      return { after: quietWithin, redelivered: 0 };
    });
    const history = await eyes.look({ commands: [...clients.commands, ...newcomers], poisons });
    const violations = [...restless, ...check(history)];

    let replayedConsumers = 0;
    let replayTook = 0;
    let replayDifferences: string[] = [];
    if (options.replay && restless.length === 0) {
      onProgress({ commands: clients.commands.length, kills: killing.killed.length, doing: 'hearing everything again' });
      const replayBegun = performance.now();
      replayedConsumers = await replayEverything(eyes);
      await untilQuiet(eyes, { within: quietWithin, throwing });
      replayTook = performance.now() - replayBegun;
      replayDifferences = differencesBetween(history, await eyes.look(history));
    }
    let rolled: Rolled | undefined;
    if (options.rolling > 0) {
      onProgress({ commands: clients.commands.length, kills: killing.killed.length, doing: 'restarting under load' });
      rolled = await restartUnderLoad(system, lines, [...town.germans, ...town.rwandans], options.rolling);
    }

    const outcomes = history.commands.map(outcomeOf);
    const count = (wanted: string) => outcomes.filter((one) => one === wanted).length;
    const shown = {
      seed,
      commands: history.commands.length,
      acknowledged: count('acknowledged'),
      refused: count('refused'),
      unanswered: count('unanswered'),
      retries: clients.retries(),
      seconds,
      kills: killing.killed.length,
      killsAsked: options.kills,
      killsByPart: Object.fromEntries(
        [...Map.groupBy(killing.killed, ({ part }) => part)].map(([part, all]) => [part, all.length]),
      ),
      failedStarts: killing.failedStarts(),
      poisons: poisons.length,
      deadLetters: Object.keys(history.databases).reduce(
        (sum, service) => sum + collection(history, service, 'deadLetters').length,
        0,
      ),
      parked: stillParked(history),
      events: history.streams.reduce((sum, { messages }) => sum + messages.length, 0),
      notifications: collection(history, 'notifications', 'notifications').length,
      redelivered: quiet.redelivered,
      quietAfter: quiet.after,
      replayedConsumers,
      replayTook,
      replayDifferences,
      ...(rolled ? { rolled } : {}),
      violations,
      history,
    };
    return { ...shown, failings: failingsOf(shown) };
  } finally {
    lines.close();
    await eyes?.close();
    await system.stop();
  }
};

/** A new company registers while identity is being killed; it goes on until it is in. */
const enterOnce = async (door: string, slug: string, n: number, givesUpAt: () => number): Promise<Command> => {
  const at = new Date().toISOString();
  const named = {
    n: -1 - n,
    at,
    what: 'registers',
    organisation: slug,
    key: slug,
    effect: effect.organisation(slug),
    toldAgain: [],
  };
  for (let tries = 1; performance.now() < givesUpAt(); tries++) {
    try {
      const { organisationId } = await companyOf(door, 'DE', slug);
      return { ...named, about: organisationId, tries, told: [{ status: 200, body: organisationId }] };
    } catch {
      // A part of the way may have been gone; entering again finds what was made.
      await delay(300);
    }
  }
  return { ...named, tries: 0, told: [] };
};
