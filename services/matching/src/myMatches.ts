import type { MyMatches, TenderMatches } from '@umuhuza/contracts/matching/schemas';
import type { Invitations } from './invitations.ts';
import type { KnownTender, Market } from './market.ts';
import { asksNothing, demandOfProfile } from './matching/demand.ts';
import type { Firm } from './matching/firm.ts';
import { turnOf } from './matching/ranking.ts';
import { type Judgement, measureBy } from './matching/scoreFirm.ts';
import type { Words } from './matching/words/words.ts';
import { isTold, type TenderMatch } from './tenderMatch/tenderMatch.ts';
import type { TenderMatchBook } from './tenderMatchBook.ts';
import { toFirmMatch, toReasons, toTenderSummary } from './views.ts';

/** How many firms are shown for each of the own tenders; the tender's own page shows more. */
const firmsShown = 5;
/** How many things a profile lacks are named: more would not be read. */
const lacksShown = 5;

type Judged = { readonly known: KnownTender; readonly judgement: Judgement };

/** The firms that fit a tender best, with who was told. */
export const bestFor = (
  market: Market,
  { tender, measure }: KnownTender,
  match: TenderMatch,
  limit: number,
  words: Words,
): TenderMatches => ({
  tender: toTenderSummary(tender),
  firms: market.firms.best(measure, limit).map(({ firm, organisationId }) => ({
    ...toFirmMatch(measure, firm, words),
    told: isTold(match, organisationId),
  })),
});

/** A tender for all is seen by all; one for matched firms by those that were told; whom its buyer invites sees it in any case. */
export const maySee = (
  { tender }: KnownTender,
  { told, invited }: { readonly told: boolean; readonly invited: boolean },
): boolean => tender.audience === 'all' || invited || (tender.audience === 'matched' && told);

export const matchesOf = async (
  {
    market,
    matches,
    invitations,
  }: { readonly market: Market; readonly matches: TenderMatchBook; readonly invitations: Invitations },
  organisationId: string,
  limit: number,
  at: string,
  words: Words,
): Promise<MyMatches> => {
  const firm = market.firms.get(organisationId);
  const open = market.openTenders(at);
  const own = open
    .filter(({ tender }) => tender.buyer.organisationId === organisationId)
    .toSorted((a, b) => Temporal.Instant.compare(a.tender.deadline, b.tender.deadline))
    .slice(0, limit);
  const others = open.filter(({ tender }) => tender.buyer.organisationId !== organisationId);
  const notForAll = others.filter(({ tender }) => tender.audience !== 'all').map(({ tender }) => tender.tenderId);
  const [told, invited] = await Promise.all([
    matches.toldOf(organisationId, notForAll),
    invitations.of(organisationId, notForAll),
  ]);
  const seen = others.filter((known) => {
    const { tenderId } = known.tender;
    return maySee(known, { told: told.has(tenderId), invited: invited.has(tenderId) });
  });
  const judged = firm ? seen.map((known): Judged => ({ known, judgement: known.measure.judge(firm, words) })) : [];
  const fitting = judged
    .filter(({ judgement }) => judgement.failures.length === 0)
    .toSorted((a, b) => b.judgement.score - a.judgement.score || turn(organisationId, a) - turn(organisationId, b))
    .slice(0, limit);

  return {
    profile: firm ? { published: true, missing: lacks(fitting) } : { published: false, missing: [noProfile(seen.length, words)] },
    tenders: fitting.map(({ known, judgement }) => ({
      tender: toTenderSummary(known.tender),
      score: judgement.score,
      reasons: toReasons(judgement),
    })),
    nearMisses: judged
      .filter(
        ({ judgement: { failures } }) => failures.length > 0 && failures.every(({ name }) => name.startsWith('certificate:')),
      )
      .slice(0, limit)
      .map(({ known, judgement }) => ({
        tender: toTenderSummary(known.tender),
        missing: judgement.failures.map((failure) => ({ ...failure })),
      })),
    partners: firm ? partnersOf(market, firm, limit, at, words) : [],
    ownTenders: await Promise.all(
      own.map(async (known) => {
        const match = await matches.find(known.tender.tenderId);
        return bestFor(market, known, match ?? { status: 'none' }, firmsShown, words);
      }),
    ),
  };
};

const turn = (organisationId: string, { known }: Judged): number => turnOf(organisationId, known.tender.tenderId);

const partnersOf = (market: Market, { profile }: Firm, limit: number, at: string, words: Words): MyMatches['partners'] => {
  const day = Temporal.Instant.from(at).toZonedDateTimeISO('UTC').toPlainDate().toString();
  const demand = demandOfProfile(profile, day);
  if (asksNothing(demand)) return [];
  const measure = measureBy(demand);
  return market.firms.best(measure, limit).map(({ firm }) => toFirmMatch(measure, firm, words));
};

type Lack = MyMatches['profile']['missing'][number];

const noProfile = (tenders: number, words: Words): Lack => ({
  name: 'profile',
  says: words.noProfile(),
  tenders,
});

/** What cost most points over these tenders, each thing once, in the words of the tender where it cost most. */
const lacks = (fitting: readonly Judged[]): Lack[] => {
  const costs = new Map<string, { lack: Lack; cost: number; most: number }>();
  for (const { judgement } of fitting) {
    for (const { name, points, max, says } of judgement.reasons) {
      const cost = max - points;
      if (cost === 0) continue;
      const before = costs.get(name);
      costs.set(name, {
        cost: (before?.cost ?? 0) + cost,
        most: Math.max(before?.most ?? 0, cost),
        lack: { name, says: before && before.most >= cost ? before.lack.says : says, tenders: (before?.lack.tenders ?? 0) + 1 },
      });
    }
  }
  return [...costs.values()]
    .toSorted((a, b) => b.cost - a.cost)
    .slice(0, lacksShown)
    .map(({ lack }) => lack);
};
