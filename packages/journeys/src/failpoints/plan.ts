import { type Failpoint, failpoints, furtherFailpoints } from '@umuhuza/eventing/failpoints';
import type { Story } from './story.ts';

/** The relay passes these with what was acknowledged by then, one batch after the other: the first that comes keeps the others back. */
export const batched: readonly Failpoint[] = ['beforeMove', 'betweenMoves', 'afterMove'];
/** Passed by the relay, for each aggregate apart: nobody else waits for who stands there. */
const relayed: readonly Failpoint[] = ['beforePublish', 'afterPublish', 'afterAck', ...batched];
const hearing: readonly Failpoint[] = ['beforeApply', 'afterApply', 'beforeAckMessage', 'afterAckMessage'];

/** How many reactions of a service to one stream may stand somewhere and leave room for those that come after them. */
const mostStanding = 48;

/** What is known of a case when each has been played once. */
export type Measured = {
  readonly name: string;
  readonly kind: 'reaction' | 'command';
  /** How often it passes each point. */
  readonly passes: Readonly<Record<string, number>>;
  /** The routes that its deed asks. */
  readonly asks: readonly string[];
};

/** All of these cases happen at once, and each that passes the point stands there. */
export type Wave = { readonly mark: string; readonly point: Failpoint; readonly cases: readonly string[] };

/** What takes one of the places that a service has for reactions to this stream, while it stands at the point. */
const standing = (point: Failpoint, { name, kind, passes }: Measured, service: string): { stream: string; places: number } => {
  const isHeard = kind === 'reaction' ? !relayed.includes(point) : hearing.includes(point);
  const stream = kind === 'reaction' ? name.slice(0, name.indexOf('.')) : service;
  return { stream, places: isHeard ? (passes[point] ?? 0) : 0 };
};

/** Each case alone at each point that it passes, or all that pass a point together; those that wait for a clock only where they are worth it. */
export const wavesOf = (
  { service, slow = {} }: Pick<Story, 'service' | 'slow'>,
  measured: readonly Measured[],
  alone: boolean,
): Wave[] =>
  [...failpoints, ...furtherFailpoints]
    .flatMap((point) => {
      const passing = measured.filter(({ name, passes }) => passes[point] && (alone || (slow[name]?.includes(point) ?? true)));
      return (alone ? passing.map((one) => [one]) : roomFor(point, passing, service)).map((cases) => ({ point, cases }));
    })
    .map(({ point, cases }, n) => ({
      point,
      cases: cases.map(({ name }) => name),
      mark: `m${String(n + 1).padStart(3, '0')}-${point}`,
    }));

/** As few groups as there is room for side by side. */
const roomFor = (point: Failpoint, cases: readonly Measured[], service: string): Measured[][] => {
  const groups: Measured[][] = [];
  const taken = new Map<string, number>();
  for (const one of cases) {
    const { stream, places } = standing(point, one, service);
    const sum = (taken.get(stream) ?? 0) + places;
    const group = Math.floor(Math.max(0, sum - 1) / mostStanding);
    taken.set(stream, sum);
    groups[group] = [...(groups[group] ?? []), one];
  }
  return groups.filter(Boolean);
};

/**
 * Which waves die in one process, in their order: those of the first stand at their point while the next ones come. The move out of the outbox
 * goes on for nobody once a batch of it stands, so it is the last. Nor does a clock tick for others when what it woke stands.
 */
export const livesOf = (
  { service, slow = {} }: Pick<Story, 'service' | 'slow'>,
  measured: readonly Measured[],
  waves: readonly Wave[],
): Wave[][] => {
  const casesOf = ({ cases }: Wave) => measured.filter(({ name }) => cases.includes(name));
  const isSlow = ({ cases }: Wave) => cases.some((name) => slow[name] !== undefined);
  const fits = (wave: Wave, life: readonly Wave[]): boolean => {
    if (life.some(({ point }) => point === wave.point)) return false;
    if (isSlow(wave) && life.some(isSlow)) return false;
    const taken = new Map<string, number>();
    for (const one of [...life, wave])
      for (const measuredCase of casesOf(one)) {
        const { stream, places } = standing(one.point, measuredCase, service);
        taken.set(stream, (taken.get(stream) ?? 0) + places);
      }
    return Math.max(0, ...taken.values()) <= mostStanding;
  };
  const lives = waves.filter(({ point }) => batched.includes(point)).map((last) => [last]);
  for (const wave of waves.filter(({ point }) => !batched.includes(point))) {
    const life = lives.find((one) => fits(wave, one));
    if (life) life.unshift(wave);
    else lives.push([wave]);
  }
  return lives;
};
