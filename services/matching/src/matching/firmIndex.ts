import { shelfOf, shelvesFor } from './cpv.ts';
import { asksNothing, type Demand } from './demand.ts';
import { certificateTokens, type Firm, type FirmProfile, readFirm, wordKey } from './firm.ts';
import { bestOf, type Ranked, turnOf } from './ranking.ts';
import type { Measure } from './scoreFirm.ts';

/** All firms with a published profile, on shelves by what they offer, so that only those a demand can fit are compared. */
export type FirmIndex = {
  readonly put: (profile: FirmProfile) => void;
  readonly remove: (organisationId: string) => void;
  readonly get: (organisationId: string) => Firm | undefined;
  readonly size: () => number;
  /** The best `k` of all firms that lack no must-have: the same answer as comparing everybody. */
  readonly best: (measure: Measure, k: number) => readonly Ranked[];
};

const shelvesOfFirm = ({ profile, skills, certificates }: Firm): Set<string> =>
  new Set([
    ...profile.offers.cpv.map((code) => `cpv ${shelfOf(code)}`),
    ...[...skills].map((skill) => `skill ${skill}`),
    ...certificates.flatMap((tokens) => [...tokens].map((token) => `certificate ${token}`)),
  ]);

export const createFirmIndex = (): FirmIndex => {
  const firms = new Map<string, Firm>();
  const shelves = new Map<string, Set<Firm>>();
  const nobody: ReadonlySet<Firm> = new Set();
  const on = (shelf: string): ReadonlySet<Firm> => shelves.get(shelf) ?? nobody;

  const remove = (organisationId: string) => {
    const firm = firms.get(organisationId);
    if (!firm) return;
    firms.delete(organisationId);
    for (const shelf of shelvesOfFirm(firm)) {
      const on = shelves.get(shelf);
      on?.delete(firm);
      if (on?.size === 0) shelves.delete(shelf);
    }
  };

  /** Everybody who may have all must-haves: the shortest shelf of a required certificate, or all shelves of what is asked. */
  const candidates = (demand: Demand): Iterable<Firm> => {
    const certified = demand.mustHaves.flatMap((name) => [...certificateTokens(name)].map((token) => on(`certificate ${token}`)));
    const asked = asksNothing(demand)
      ? undefined
      : [
          ...new Set([
            ...demand.asks.cpv.flatMap((code) => shelvesFor(code).map((shelf) => `cpv ${shelf}`)),
            ...demand.asks.skills.map((skill) => `skill ${wordKey(skill)}`),
          ]),
        ].map(on);
    const shortest = certified.reduce<ReadonlySet<Firm> | undefined>((a, b) => (a && a.size <= b.size ? a : b), undefined);
    const everyAsked = asked?.reduce((sum, { size }) => sum + size, 0) ?? firms.size;
    if (shortest && shortest.size <= everyAsked) return shortest;
    if (!asked) return firms.values();
    const some = new Set<Firm>();
    for (const shelf of asked) for (const firm of shelf) some.add(firm);
    return some;
  };

  return {
    put: (profile) => {
      remove(profile.organisationId);
      const firm = readFirm(profile);
      firms.set(profile.organisationId, firm);
      for (const shelf of shelvesOfFirm(firm)) {
        const on = shelves.get(shelf) ?? new Set();
        on.add(firm);
        shelves.set(shelf, on);
      }
    },
    remove,
    get: (organisationId) => firms.get(organisationId),
    size: () => firms.size,
    best: (measure, k) => {
      if (k <= 0) return [];
      const kept = bestOf<Ranked>(k);
      for (const firm of candidates(measure.demand)) {
        const points = measure.points(firm, kept.needed());
        if (points === undefined || measure.failures(firm).length > 0) continue;
        const { organisationId } = firm.profile;
        kept.show({ organisationId, points, turn: turnOf(measure.demand.seed, organisationId), firm });
      }
      return kept.best();
    },
  };
};
