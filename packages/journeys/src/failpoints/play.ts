import { setTimeout as delay } from 'node:timers/promises';
import type { EventName } from '@umuhuza/contracts/catalogue';
import type { Envelope } from '@umuhuza/contracts/event';
import type { Places } from './place.ts';
import { batched, livesOf, type Measured, type Wave, wavesOf } from './plan.ts';
import { routeOf } from './routes.ts';
import { type Answer, type Document, openStage, type Stage } from './stage.ts';
import type { Reacts, Story } from './story.ts';

type Case = {
  readonly name: string;
  readonly kind: Measured['kind'];
  /** Makes ready what it needs, and gives back the deed itself. */
  readonly prepare: (stage: Stage, mark: string) => Promise<() => Promise<Answer | undefined>>;
};

export type Died = Wave & {
  /** How many stood at the point when the process was killed, and how many had to. */
  readonly held: number;
  readonly pass: number;
};

/** What is left when a story has been played. */
export type Left = {
  readonly documents: Readonly<Record<string, readonly Document[]>>;
  readonly said: readonly Envelope[];
  /** By wave, then by case. */
  readonly answers: Readonly<Record<string, Readonly<Record<string, Answer | undefined>>>>;
  readonly consumers: readonly { readonly stream: string; readonly pending: number; readonly behind: number }[];
};

export type Played = {
  readonly hears: readonly string[];
  readonly cases: readonly Measured[];
  readonly undisturbed: Left;
  readonly disturbed: Left;
  readonly deaths: readonly Died[];
};

const casesOf = (story: Story, hears: readonly string[]): Case[] => [
  ...hears.flatMap((heard): Case[] => {
    const name = heard as EventName;
    const reacts = story.reactions[name] ?? story.reactsTo?.(name);
    if (!reacts) return [];
    return [
      {
        name,
        kind: 'reaction',
        prepare: async (stage, mark) => {
          const { subject, data } = await (reacts as Reacts)(stage, mark);
          return async () => {
            await stage.say(name, subject, data);
            return undefined;
          };
        },
      },
    ];
  }),
  ...Object.entries(story.commands).map(([name, command]): Case => ({ name, kind: 'command', prepare: command })),
];

/** The same steps at two places: at one nothing happens, at the other the process dies at every point. */
export const play = async (story: Story, places: Places, alone: boolean): Promise<Played> => {
  const [quiet, other] = await Promise.all(
    [await places.next(), await places.next()].map((place) => openStage(story.service, place, story.isAtRest)) as [
      Promise<Stage>,
      Promise<Stage>,
    ],
  );
  try {
    const life = await quiet.lives.start('*');
    const cases = casesOf(story, life.hears());
    const measured = await measure(story, quiet, cases);
    const waves = wavesOf(story, measured, alone);
    const lives = alone ? waves.map((wave) => [wave]) : livesOf(story, measured, waves);
    const [undisturbed, { left: disturbed, died }] = await Promise.all([
      playUndisturbed(quiet, cases, waves),
      playDisturbed(story, other, cases, lives),
    ]);
    return { hears: life.hears(), cases: measured, undisturbed, disturbed, deaths: died };
  } finally {
    await Promise.all([quiet.close(), other.close()]);
  }
};

type Deed = { readonly name: string; readonly deed: () => Promise<Answer | undefined> };

/** Waves at a time that are made ready, or happen where nothing dies. */
const wavesAtOnce = 4;

const eachInTurn = async <One>(all: readonly One[], act: (one: One) => Promise<void>): Promise<void> => {
  const next = all.values();
  const lane = async () => {
    for (const one of next) await act(one);
  };
  await Promise.all(Array.from({ length: wavesAtOnce }, lane));
};

const prepare = (stage: Stage, cases: readonly Case[], mark: string): Promise<Deed[]> =>
  Promise.all(cases.map(async ({ name, prepare: ready }) => ({ name, deed: await ready(stage, mark) })));

/** Makes ready what the waves need, by their marks. */
const prepareAll = async (stage: Stage, cases: readonly Case[], waves: readonly Wave[]): Promise<ReadonlyMap<string, Deed[]>> => {
  const deeds = new Map<string, Deed[]>();
  await eachInTurn(waves, async ({ mark, cases: names }) => {
    const chosen = cases.filter(({ name }) => names.includes(name));
    deeds.set(mark, await prepare(stage, chosen, mark));
  });
  await stage.quiet();
  return deeds;
};

const doAll = async (deeds: readonly Deed[]): Promise<Record<string, Answer | undefined>> =>
  Object.fromEntries(await Promise.all(deeds.map(async ({ name, deed }) => [name, await deed()] as const)));

const measuredMark = 'm000-measured';

/** One case after the other, to see which points each passes. */
const measure = async (story: Story, stage: Stage, cases: readonly Case[]): Promise<Measured[]> => {
  await story.prelude?.(stage);
  const kindOf = new Map(cases.map(({ name, kind }) => [name, kind]));
  const deeds = await prepare(stage, cases, measuredMark);
  await stage.quiet();
  const measured: Measured[] = [];
  for (const { name, deed } of deeds) {
    stage.life().passed();
    stage.asked();
    await deed();
    await stage.quiet();
    const passes: Record<string, number> = {};
    for (const point of stage.life().passed()) passes[point] = (passes[point] ?? 0) + 1;
    const asks = stage.asked().map(({ method, path }) => routeOf(story.service, method, path));
    measured.push({ name, kind: kindOf.get(name) ?? 'command', passes, asks: [...new Set(asks)] });
  }
  return measured;
};

const leftOf = async (stage: Stage, answers: Left['answers']): Promise<Left> => ({
  documents: await stage.documents(),
  said: await stage.said(),
  consumers: await stage.consumers(),
  answers,
});

const playUndisturbed = async (stage: Stage, cases: readonly Case[], waves: readonly Wave[]): Promise<Left> => {
  const answers: Record<string, Record<string, Answer | undefined>> = {};
  const deeds = await prepareAll(stage, cases, waves);
  await eachInTurn([...deeds], async ([mark, ofWave]) => {
    answers[mark] = await doAll(ofWave);
  });
  await stage.quiet();
  return leftOf(stage, answers);
};

const heldWithin = 30_000;
const settlesWithin = 150;

const playDisturbed = async (
  story: Story,
  stage: Stage,
  cases: readonly Case[],
  lives: readonly (readonly Wave[])[],
): Promise<{ left: Left; died: Died[] }> => {
  const answers: Record<string, Record<string, Answer | undefined>> = {};
  const died: Died[] = [];
  const pointsOf = (waves: readonly Wave[] | undefined) => waves && `${waves.map(({ point }) => point).join(',')}:*`;
  await stage.lives.start(pointsOf(lives[0]));
  await story.prelude?.(stage);
  const before = await prepare(stage, cases, measuredMark);
  await stage.quiet();
  await doAll(before);
  await stage.quiet();
  for (const [n, waves] of lives.entries()) {
    const deeds = await prepareAll(stage, cases, waves);
    const under: Promise<void>[] = [];
    for (const wave of waves) {
      await stage.life().hold();
      const done = doAll(deeds.get(wave.mark) ?? []).then((answered) => {
        answers[wave.mark] = answered;
      });
      // It is waited for below; that it may fail earlier is no news until then.
      done.catch(() => undefined);
      under.push(done);
      const pass = batched.includes(wave.point) ? 1 : wave.cases.length;
      died.push({ ...wave, held: await untilHeld(stage, pass), pass });
    }
    await stage.life().kill();
    await stage.redeliver();
    await story.afterDeath?.(stage);
    await stage.lives.start(pointsOf(lives[n + 1]));
    await Promise.all(under);
    await stage.quiet();
  }
  return { left: await leftOf(stage, answers), died };
};

/** Waits until as many as pass the point stand there, and nobody comes any more. */
const untilHeld = async (stage: Stage, pass: number): Promise<number> => {
  const until = Date.now() + heldWithin;
  let held = 0;
  let quietSince = Date.now();
  while (held < pass || Date.now() - quietSince < settlesWithin) {
    const came = stage.life().passed().length;
    held += came;
    if (came > 0) quietSince = Date.now();
    if (Date.now() > until) break;
    await delay(20);
  }
  return held;
};
