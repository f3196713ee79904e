/** A stream lost its end; from this place on it was filled again, so that what stands there may be another message than before. */
export type Refill = { readonly at: string; readonly from: number };

const kept = 20;
const mark = /(\d{4}-\d\d-\d\dT[\d:.]+Z) from (\d+)/g;

/**
 * The refills are told in the stream's description, the one thing every subscriber can read and nats-server 2.9 keeps; each
 * consumer's description says which of them it has gone back for. Both lie with the broker, so a broker that forgets one forgets both.
 */
export const refillsOf = (description: string | undefined): Refill[] =>
  [...(description ?? '').matchAll(mark)].map(([, at = '', from = '']) => ({ at, from: Number(from) }));

/**
 * The description with one more refill. One that another replica noted just before stands for this one too, at the earlier place. Each
 * is later than the one before, whatever the clock of its replica says: a consumer knows by that what it has not gone back for.
 */
export const withRefill = (description: string | undefined, refill: Refill): string => {
  const before = refillsOf(description);
  const last = before.at(-1);
  const since = last ? Date.parse(refill.at) - Date.parse(last.at) : Number.POSITIVE_INFINITY;
  if (last && Math.abs(since) < 60_000 && last.from <= refill.from) return description ?? '';
  const at = last && since <= 0 ? new Date(Date.parse(last.at) + 1).toISOString() : refill.at;
  const told = [...before, { at, from: refill.from }].slice(-kept).map((one) => `${one.at} from ${one.from}`);
  return `Refilled ${told.join(', ')}`;
};

/** A consumer's description: it has heard what these refills brought, or starts where it cannot miss it. */
export const accountOf = (refills: readonly Refill[]): string => {
  const last = refills.at(-1);
  return last ? `Heard since the refill of ${last.at}` : 'Heard from the start';
};

export const accountedFor = (description: string | undefined): string | undefined =>
  /refill of (\d{4}-\d\d-\d\dT[\d:.]+Z)/.exec(description ?? '')?.[1];

/** Where a consumer that has gone back for `accounted` must start again; undefined when there is nothing new. */
export const startAfter = (refills: readonly Refill[], accounted: string | undefined): number | undefined => {
  const missed = refills.filter(({ at }) => accounted === undefined || Date.parse(at) > Date.parse(accounted));
  return missed.length === 0 ? undefined : Math.min(...missed.map(({ from }) => from));
};
