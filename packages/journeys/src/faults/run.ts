import { setTimeout as delay } from 'node:timers/promises';
import { type RunningSystem, startSystem } from '@umuhuza/local/system';
import { patiently } from '../patiently.ts';
import { check } from './check/checker.ts';
import { stillParked } from './check/deadLetters.ts';
import { openClients } from './clients.ts';
import { type Command, collection, type History, outcomeOf, type Violation } from './history.ts';
import { openLines } from './http.ts';
import { killAtRandom, killEveryPart } from './kills.ts';
import { deadLetterToolOf, goThroughLetters } from './letters.ts';
import { enterOnce } from './newcomers.ts';
import { type Eyes, openEyes } from './observe.ts';
import { poisonAtRandom } from './poisoning.ts';
import { processesOf, startReplicas } from './processes.ts';
import { NotQuiet, type Quiet, untilQuiet } from './quiet.ts';
import { randomFrom } from './random.ts';
import { openRelay } from './relay.ts';
import { type Replayed, rebuildProjections, replayEverything } from './replay.ts';
import { type Rolled, restartUnderLoad } from './rolling.ts';
import { comeAndGo, editProfile, meet, readInbox } from './scenes/firms.ts';
import { fillSlot, openEnvironment, playSlot } from './scenes/sandbox.ts';
import type { Scene, Stage } from './scenes/stage.ts';
import { importNotice, playTender, writeTender } from './scenes/tenders.ts';
import { settle } from './town.ts';
import { type KindOfTrouble, troubleAtRandom } from './troubles.ts';
import { failingsOf } from './verdict.ts';
import { whatLogsSay } from './whatLogsSay.ts';

export type FaultOptions = {
  readonly seed: string;
  /** How many commands are sent; scenes that have begun are played to their end. */
  readonly commands: number;
  /** Commands a second, at most. */
  readonly rate: number;
  readonly kills: number;
  /** Frozen processes, forgotten consumers, cut and slow lines. */
  readonly troubles: number;
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
  /** Commands that were sent once more at the end. */
  readonly askedLater: number;
  readonly seconds: number;
  readonly commandsAsked: number;
  readonly rateAsked: number;
  readonly kills: number;
  readonly killsAsked: number;
  readonly killsByPart: Readonly<Record<string, number>>;
  readonly failedStarts: number;
  readonly troubles: Readonly<Record<KindOfTrouble, number>>;
  readonly troublesAsked: number;
  readonly poisons: number;
  readonly deadLetters: number;
  /** Failed events that have tries left. */
  readonly parked: number;
  readonly events: number;
  readonly notifications: number;
  readonly redelivered: number;
  /** Milliseconds from when the last process was up again and the last client had its answer until nothing was under way. */
  readonly quietAfter: number;
  /** What was under way last, in words. */
  readonly waitedFor: string;
  /** By what was done: everything heard again, projections rebuilt. */
  readonly replays: Readonly<Record<string, Replayed>>;
  /** What an operator's way through the dead letters met with, in words; empty as it should be. */
  readonly lettersWrong: readonly string[];
  readonly rolled?: Rolled;
  readonly rollingAsked: number;
  readonly violations: readonly Violation[];
  /** Why the run failed; empty when it showed what it must. */
  readonly failings: readonly string[];
  /** What services warned of since the last command; of a run that failed alone. */
  readonly logged: readonly string[];
  readonly history: History;
};

/** Clients that play one short scene after the other, and those that play tenders and slots to their end, which takes a while each. */
const lanes = { short: 40, tenders: 6, slots: 4 };
const betweenVisits = 2_000;
/** After so many commands there is nothing to be gained by waiting longer, in milliseconds: a full replay hears all of them again. */
const quietWithin = (commands: number): number => Math.max(180_000, commands * 30);
/** How long clients go on trying after the last kill, in milliseconds. */
const lastTries = 60_000;

const scenes: readonly { readonly scene: Scene; readonly weight: number }[] = [
  { scene: writeTender, weight: 4 },
  { scene: importNotice, weight: 2 },
  { scene: fillSlot, weight: 4 },
  { scene: editProfile, weight: 6 },
  { scene: meet, weight: 6 },
  { scene: readInbox, weight: 3 },
];
const deck = scenes.flatMap(({ scene, weight }) => Array<Scene>(weight).fill(scene));

/** The clients of a run share an address, and none of them is a flood. */
const unlimited = {
  LOG_LEVEL: 'warn',
  RATE_LIMIT_READ: '1000000',
  RATE_LIMIT_WRITE: '1000000',
  RATE_LIMIT_SIGN_IN: '1000000',
  RATE_LIMIT_ADDRESS: '10000000',
};

/** Starts the whole system, works it from many clients while processes die, waits until it is quiet, and checks what is left. */
export const runFaults = async (options: FaultOptions): Promise<Outcome> => {
  const { seed, dataDir, onProgress } = options;
  const random = randomFrom(seed);
  onProgress({ commands: 0, kills: 0, doing: 'starting' });
  const toNats = await openRelay();
  const toMongo = await openRelay();
  let throughRelays = true;
  const relayed = { NATS_URL: `nats://127.0.0.1:${toNats.port}`, MONGODB_URL: `mongodb://127.0.0.1:${toMongo.port}` };
  // Nearly twenty processes start side by side, on whatever machine.
  const readyWithinMs = 600_000;
  const system = await startSystem({
    ...{ dataDir, readyWithinMs },
    env: (ports) => {
      toNats.leadTo(ports.nats ?? 0);
      toMongo.leadTo(ports.mongo ?? 0);
      return { ...unlimited, ...(throughRelays ? relayed : {}) };
    },
  });
  const lines = openLines();
  let eyes: Eyes | undefined;
  let replicas: RunningSystem | undefined;
  try {
    eyes = await openEyes(system);
    replicas = await startReplicas(system, {
      ...{ readyWithinMs, natsPasswords: eyes.natsPasswords },
      env: { ...unlimited, ...relayed },
    });
    const processes = processesOf(system, replicas);
    const watched = eyes;
    onProgress({ commands: 0, kills: 0, doing: 'settling' });
    const town = await settle(system.url, 3, 7);

    const begun = performance.now();
    const over = options.seconds * 1_000;
    let killing: ReturnType<typeof killAtRandom> | undefined;
    let givesUpAt = begun + over + lastTries;
    const clients = openClients({
      system: processes,
      lines,
      random: random.fork('clients'),
      rate: options.rate,
      givesUpAt: () => givesUpAt,
      onAnswered: () =>
        onProgress({ commands: clients.commands.length, kills: killing?.killed.length ?? 0, doing: 'commands and kills' }),
    });
    const {
      germans,
      rwandans: [visitor, ...rwandans],
    } = town;
    const stage: Stage = { ...clients, germans, rwandans, visitor, random: random.fork('scenes'), environments: [] };
    // One in three needs devices: of a host with many slots each writes a calendar that becomes long.
    for (const [n, host] of rwandans.slice(0, 3).entries()) await openEnvironment(stage, host, n === 0);

    const progress = () => Math.max((performance.now() - begun) / over, clients.commands.length / options.commands);
    killing = killAtRandom({
      system: processes,
      random: random.fork('kills'),
      kills: options.kills,
      progress,
      onKill: () => undefined,
    });
    const troubling = troubleAtRandom({
      ...{ system: processes, eyes: watched, lines: [toNats, toMongo], random: random.fork('troubles') },
      ...{ troubles: options.troubles, progress },
    });
    const poisoning = poisonAtRandom({
      js: watched.js,
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
      ...Array.from({ length: lanes.tenders }, () => play(() => playTender)),
      ...Array.from({ length: lanes.slots }, () => play(() => playSlot)),
      play(() => async (on) => {
        await comeAndGo(on);
        await delay(betweenVisits);
      }),
      register(),
    ]);
    const seconds = (performance.now() - begun) / 1_000;
    const overAt = new Date().toISOString();
    troubling.end();
    killing.end();
    poisoning.end();
    onProgress({ commands: clients.commands.length, kills: killing.killed.length, doing: 'waiting until quiet' });
    await Promise.all([troubling.done, killing.done, poisoning.done]);
    givesUpAt = 0;
    // What is under way now must arrive within seconds, though nobody is left who knows of it.
    await killEveryPart(processes);

    const { poisons } = poisoning;
    const failing = poisons.reduce((sum, { throwsAt = [] }) => sum + throwsAt.length, 0);
    const within = quietWithin(options.commands);
    const untilSettled = () => untilQuiet(watched, { within, failing, settled: true });
    const restless: Violation[] = [];
    /** What is left of a system that does not come to rest is judged all the same: what did not arrive tells what hinders it. */
    const judgedAnyhow = (error: unknown): Quiet => {
      if (!(error instanceof NotQuiet)) throw error;
      restless.push({ rule: 'the system comes to rest', says: error.message });
      return { after: within, redelivered: 0, waitedFor: error.message };
    };
    const quiet = await untilQuiet(watched, { within, failing }).catch(judgedAnyhow);
    givesUpAt = performance.now() + lastTries;
    const askedLater = await clients.askAgainLater();
    if (restless.length === 0) await untilSettled().catch(judgedAnyhow);
    const told = { commands: [...clients.commands, ...newcomers], poisons };
    const history = await patiently('everything is seen', () => watched.look(told), { within: lastTries });
    const violations = [...restless, ...check(history)];

    const replays: Record<string, Replayed> = {};
    if (options.replay && restless.length === 0) {
      const doing = (what: string) =>
        onProgress({ commands: clients.commands.length, kills: killing.killed.length, doing: what });
      const replaying = {
        eyes: watched,
        before: history,
        untilQuiet: untilSettled,
      };
      doing('hearing everything again');
      replays['full replay'] = await replayEverything(replaying);
      doing('rebuilding projections');
      replays['projections rebuilt'] = await rebuildProjections({ ...replaying, system: processes });
    }
    onProgress({ commands: clients.commands.length, kills: killing.killed.length, doing: 'going through dead letters' });
    const lettersWrong = await goThroughLetters(deadLetterToolOf(dataDir), history);
    let rolled: Rolled | undefined;
    if (options.rolling > 0) {
      // What is measured from here on is the system alone: with the lines of a run without faults.
      throughRelays = false;
      await replicas.stop();
      for (const part of system.parts) if (part !== 'nats' && part !== 'mongo') await system.restart(part, 'SIGTERM');
      onProgress({ commands: clients.commands.length, kills: killing.killed.length, doing: 'restarting under load' });
      rolled = await restartUnderLoad(system, lines, [...town.germans, ...town.rwandans], options.rolling);
    }

    const outcomes = history.commands.map(outcomeOf);
    const count = (wanted: string) => outcomes.filter((one) => one === wanted).length;
    const shown = {
      seed,
      commands: history.commands.length,
      commandsAsked: options.commands,
      acknowledged: count('acknowledged'),
      refused: count('refused'),
      unanswered: count('unanswered'),
      retries: clients.retries(),
      askedLater,
      seconds,
      rateAsked: options.rate,
      kills: killing.killed.length,
      killsAsked: options.kills,
      killsByPart: Object.fromEntries(
        [...Map.groupBy(killing.killed, ({ part }) => part)].map(([part, all]) => [part, all.length]),
      ),
      failedStarts: killing.failedStarts(),
      troubles: troubling.made,
      troublesAsked: options.troubles,
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
      waitedFor: quiet.waitedFor,
      replays,
      lettersWrong,
      ...(rolled ? { rolled } : {}),
      rollingAsked: options.rolling,
      violations,
      history,
    };
    const failings = failingsOf(shown);
    return { ...shown, failings, logged: failings.length > 0 ? await whatLogsSay(dataDir, overAt) : [] };
  } finally {
    lines.close();
    await eyes?.close();
    await replicas?.stop();
    await system.stop();
    await Promise.all([toNats.close(), toMongo.close()]);
  }
};
