import { setTimeout as delay } from 'node:timers/promises';
import type { EventName } from '@umuhuza/contracts/catalogue';
import type { Envelope } from '@umuhuza/contracts/event';
import { type Failpoint, failpoints, furtherFailpoints } from '@umuhuza/eventing/failpoints';
import type { Places } from './place.ts';
import { type Answer, type Document, openStage, type Stage } from './stage.ts';
import type { Reacts, Story } from './story.ts';

/** The relay passes these with what was acknowledged by then, one batch after the other: the first that comes keeps the others back. */
const batched: readonly Failpoint[] = ['beforeMove', 'betweenMoves', 'afterMove'];

type Case = {
  readonly name: string;
  readonly kind: 'reaction' | 'command';
  /** Makes ready what it needs, and gives back the deed itself. */
  readonly prepare: (stage: Stage, mark: string) => Promise<() => Promise<Answer | undefined>>;
};

/** One death: all of these cases happen at once, and each that passes the point waits there when the process is killed. */
export type Death = { readonly mark: string; readonly point: Failpoint; readonly cases: readonly string[] };

export type Died = Death & {
  /** How many waited at the point when the process was killed, and how many had to. */
  readonly held: number;
  readonly pass: number;
};

/** What is left when a story has been played. */
export type Left = {
  readonly documents: Readonly<Record<string, readonly Document[]>>;
  readonly said: readonly Envelope[];
  /** By death, then by case. */
  readonly answers: Readonly<Record<string, Readonly<Record<string, Answer | undefined>>>>;
  readonly consumers: readonly { readonly stream: string; readonly pending: number; readonly behind: number }[];
};

export type Played = {
  readonly hears: readonly string[];
  readonly cases: readonly {
    readonly name: string;
    readonly kind: Case['kind'];
    readonly passes: Readonly<Record<string, number>>;
  }[];
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
  const [quietPlace, otherPlace] = [await places.next(), await places.next()];
  const quiet = await openStage(story.service, quietPlace, story.isAtRest);
  const other = await openStage(story.service, otherPlace, story.isAtRest);
  try {
    const life = await quiet.lives.start('*');
    const cases = casesOf(story, life.hears());
    const passes = await measure(story, quiet, cases);
    const deaths = deathsOf(story, passes, alone);
    const undisturbed = await playUndisturbed(quiet, cases, deaths);
    const { left: disturbed, died } = await playDisturbed(story, other, cases, deaths, passes);
    return {
      hears: life.hears(),
      cases: cases.map(({ name, kind }) => ({ name, kind, passes: passes.get(name) ?? {} })),
      undisturbed,
      disturbed,
      deaths: died,
    };
  } finally {
    await quiet.close();
    await other.close();
  }
};

type Passes = ReadonlyMap<string, Readonly<Record<string, number>>>;

const measured = 'm000-measured';

/** One case after the other, to see which points each passes. */
const measure = async (story: Story, stage: Stage, cases: readonly Case[]): Promise<Passes> => {
  const passes = new Map<string, Record<string, number>>();
  await story.prelude?.(stage);
  for (const { name, prepare } of cases) {
    const deed = await prepare(stage, measured);
    await stage.quiet();
    stage.life().passed();
    await deed();
    await stage.quiet();
    const counted: Record<string, number> = {};
    for (const point of stage.life().passed()) counted[point] = (counted[point] ?? 0) + 1;
    passes.set(name, counted);
  }
  return passes;
};

/** Each case alone at each point, or all together at each; those that take long only where they are worth it. */
const deathsOf = ({ slow = {} }: Story, passes: Passes, alone: boolean): Death[] =>
  [...failpoints, ...furtherFailpoints]
    .flatMap((point) => {
      const dying = [...passes.keys()].filter((name) => alone || (slow[name]?.includes(point) ?? true));
      const passing = dying.filter((name) => passes.get(name)?.[point]);
      if (alone) return passing.map((name) => ({ point, cases: [name] }));
      return passing.length > 0 ? [{ point, cases: dying }] : [];
    })
    .map((death, n) => ({ ...death, mark: `m${String(n + 1).padStart(3, '0')}-${death.point}` }));

const prepareAll = async (stage: Stage, cases: readonly Case[], { mark, cases: names }: Death) => {
  const chosen = cases.filter(({ name }) => names.includes(name));
  const deeds = await Promise.all(chosen.map(async ({ name, prepare }) => ({ name, deed: await prepare(stage, mark) })));
  await stage.quiet();
  return deeds;
};

const doAll = async (deeds: Awaited<ReturnType<typeof prepareAll>>): Promise<Record<string, Answer | undefined>> =>
  Object.fromEntries(await Promise.all(deeds.map(async ({ name, deed }) => [name, await deed()] as const)));

const leftOf = async (stage: Stage, answers: Left['answers']): Promise<Left> => ({
  documents: await stage.documents(),
  said: await stage.said(),
  consumers: await stage.consumers(),
  answers,
});

const playUndisturbed = async (stage: Stage, cases: readonly Case[], deaths: readonly Death[]): Promise<Left> => {
  const answers: Record<string, Record<string, Answer | undefined>> = {};
  for (const death of deaths) {
    answers[death.mark] = await doAll(await prepareAll(stage, cases, death));
    await stage.quiet();
  }
  return leftOf(stage, answers);
};

const heldWithin = 30_000;
const settlesWithin = 150;

const playDisturbed = async (
  story: Story,
  stage: Stage,
  cases: readonly Case[],
  deaths: readonly Death[],
  passes: Passes,
): Promise<{ left: Left; died: Died[] }> => {
  const answers: Record<string, Record<string, Answer | undefined>> = {};
  const died: Died[] = [];
  await stage.lives.start(deaths[0] && `${deaths[0].point}:*`);
  await measure(story, stage, cases);
  for (const [n, death] of deaths.entries()) {
    const deeds = await prepareAll(stage, cases, death);
    await stage.life().hold();
    const done = doAll(deeds);
    // It is waited for below; that it may fail earlier is no news until then.
    done.catch(() => undefined);
    const passing = death.cases.filter((name) => passes.get(name)?.[death.point]).length;
    const pass = batched.includes(death.point) ? 1 : passing;
    const held = await untilHeld(stage, pass);
    await stage.life().kill();
    await stage.redeliver();
    const next = deaths[n + 1];
    await stage.lives.start(next && `${next.point}:*`);
    answers[death.mark] = await done;
    await stage.quiet();
    died.push({ ...death, held, pass });
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
