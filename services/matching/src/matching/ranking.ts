import type { Firm } from './firm.ts';

/** A firm's place: more points first, equal points by whose turn it is. */
export type Place = { readonly organisationId: string; readonly points: number; readonly turn: number };
export type Ranked = Place & { readonly firm: Firm };

/**
 * Whose turn it is among firms that are equally good: a number that only the seed (a tender's id) and the firm's id decide. Over many
 * tenders each comes first equally often, the newcomer and the one whose name begins with A alike; for one tender it never changes.
 */
export const turnOf = (seed: string, organisationId: string): number => {
  // cyrb53, a public-domain 53-bit hash by bryc.
  let a = 0xdeadbeef;
  let b = 0x41c6ce57;
  const text = `${seed}/${organisationId}`;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    a = Math.imul(a ^ code, 2654435761);
    b = Math.imul(b ^ code, 1597334677);
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
  return 4294967296 * (2097151 & b) + (a >>> 0);
};

/** Negative when the first comes before the second. The id only decides between equal turns, which a 53-bit hash hardly has. */
export const comparePlaces = (a: Place, b: Place): number =>
  b.points - a.points || a.turn - b.turn || (a.organisationId < b.organisationId ? -1 : 1);

/** Keeps the best `k` (one or more) of what it is shown. */
export const bestOf = <P extends Place>(k: number) => {
  const best: P[] = [];
  return {
    /** With fewer points nothing enters any more. */
    needed: (): number => (best.length < k ? 0 : (best.at(-1)?.points ?? 0)),
    show: (place: P): void => {
      const last = best.at(-1);
      if (best.length >= k && (!last || comparePlaces(place, last) >= 0)) return;
      let at = best.length;
      while (at > 0 && comparePlaces(place, best[at - 1] as P) < 0) at--;
      best.splice(at, 0, place);
      if (best.length > k) best.pop();
    },
    best: (): readonly P[] => best,
  };
};
