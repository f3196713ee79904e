import { standstillEnd } from '../tender/awards.ts';
import type { Contract } from '../tender/contract.ts';
import { type Amendment, type LotResult, type OpenedBid, openingOf, type ShownTender } from '../tender/tender.ts';
import type { PublishedTerms } from '../tender/terms.ts';
import { metAt } from './awards.ts';

const isUpTo = (instant: string, at: string): boolean => Temporal.Instant.compare(instant, at) <= 0;

type Opening = NonNullable<ReturnType<typeof openingOf>>;

/** The instants up to the present one at which something changed that OCDS can say, from publishing on. */
export const instantsOf = (tender: ShownTender, until: string): string[] => {
  const opening = openingOf(tender);
  const instants = [
    tender.publishedAt,
    ...tender.amendments.map(({ at }) => at),
    ...tender.questions.flatMap(({ askedAt, answeredAt }) => [askedAt, answeredAt]),
    'closedAt' in tender ? tender.closedAt : undefined,
    opening?.openedAt,
    ...(opening ? judgementsOf(opening) : []),
    ...(opening ? standstillEndsOf(tender, opening).filter((end) => isUpTo(end, until)) : []),
    'completedAt' in tender ? tender.completedAt : undefined,
    'endedAt' in tender ? tender.endedAt : undefined,
  ].filter((instant) => instant !== undefined);
  return [...new Set(instants)].sort((a, b) => Temporal.Instant.compare(a, b));
};

const judgementsOf = ({ bids, results, lapses = [] }: Opening): (string | undefined)[] => [
  ...bids.map(({ disqualifiedAt }) => disqualifiedAt),
  ...lapses.flatMap(({ at, awarded }) => [awarded?.at, at]),
  ...results.flatMap((result) => {
    const { contract } = result.kind === 'awarded' ? result : {};
    const steps = contract?.milestones ?? [];
    const added = steps.flatMap(({ documents = [] }) => documents.map(({ at }) => at));
    return [result.at, contract?.signedAt, contract?.completedAt, ...steps.map(metAt), ...added];
  }),
];

/** An award is in force when its standstill is over. One that had come to nothing before that changes nothing then. */
const standstillEndsOf = (tender: ShownTender, { results, lapses = [] }: Opening): string[] =>
  [...results.filter(({ kind }) => kind === 'awarded'), ...lapses.flatMap(({ awarded }) => awarded ?? [])].map((award) =>
    standstillEnd(tender, award),
  );

/** The tender as everybody saw it at this instant, which is not before its publishing. */
export const asOf = (tender: ShownTender, at: string): ShownTender => {
  const { tenderId, ocid, buyer, createdAt, publishedAt } = tender;
  const shown = {
    tenderId,
    ocid,
    buyer,
    createdAt,
    publishedAt,
    changedAt: at,
    terms: termsAsOf(tender, at),
    questions: questionsAsOf(tender, at),
    amendments: tender.amendments.filter((amendment) => isUpTo(amendment.at, at)),
  };
  const opening = openingAsOf(tender, at);
  if ('endedAt' in tender && isUpTo(tender.endedAt, at)) {
    const { reason, endedAt } = tender;
    if (tender.status === 'cancelled')
      return { ...shown, status: 'cancelled', leftovers: false, reason, endedAt, ...(opening ? { opening } : {}) };
    if (opening)
      return { ...shown, ...opening, status: 'unsuccessful', leftovers: false, closedAt: tender.closedAt, reason, endedAt };
  }
  const closedAt = 'closedAt' in tender && tender.closedAt && isUpTo(tender.closedAt, at) ? tender.closedAt : undefined;
  if (closedAt === undefined) return { ...shown, status: 'published', bids: [] };
  if (!opening) return { ...shown, status: 'closed', bids: [], closedAt };
  return 'completedAt' in tender && tender.completedAt !== undefined && isUpTo(tender.completedAt, at)
    ? { ...shown, ...opening, status: 'awarded', leftovers: false, closedAt, completedAt: tender.completedAt }
    : { ...shown, ...opening, status: 'opened', leftovers: false, closedAt };
};

const openingAsOf = (tender: ShownTender, at: string): ReturnType<typeof openingOf> => {
  const opening = openingOf(tender);
  if (!opening || !isUpTo(opening.openedAt, at)) return undefined;
  const results = [...opening.results.map((result) => resultAsOf(result, at)), ...lapsedLater(opening, at)];
  return {
    ...opening,
    bids: opening.bids.map((bid) => bidAsOf(bid, at)),
    // In an order that does not depend on what came to nothing later.
    results: results
      .filter((result) => isUpTo(result.at, at))
      .sort((one, other) => Temporal.Instant.compare(one.at, other.at) || (one.lotId < other.lotId ? -1 : 1)),
    lapses: (opening.lapses ?? []).filter((lapse) => isUpTo(lapse.at, at)),
    outcomes: opening.outcomes.filter((outcome) => isUpTo(outcome.at, at)),
  };
};

/** What an earlier version did not date stays as it became. */
const bidAsOf = (bid: OpenedBid, at: string): OpenedBid => {
  if (bid.disqualifiedAt === undefined || isUpTo(bid.disqualifiedAt, at)) return bid;
  const { disqualifiedBecause, disqualificationCode, disqualifiedAt, ...valid } = bid;
  return valid;
};

/** Awards that stood at this instant and came to nothing after it. */
const lapsedLater = ({ lapses = [] }: Opening, at: string): LotResult[] =>
  lapses.flatMap(({ awarded, lotId, bidId, winner, at: lapsedAt }) =>
    awarded && !isUpTo(lapsedAt, at) ? [{ kind: 'awarded' as const, lotId, bidId, winner, ...awarded }] : [],
  );

const resultAsOf = (result: LotResult, at: string): LotResult => {
  if (result.kind !== 'awarded' || !result.contract) return result;
  const { contract, ...award } = result;
  return contract.signedAt !== undefined && isUpTo(contract.signedAt, at)
    ? { ...award, contract: contractAsOf(contract, at) }
    : award;
};

const contractAsOf = ({ completedAt, ...contract }: Contract, at: string): Contract => ({
  ...contract,
  milestones: contract.milestones.map((milestone) => {
    const met = metAt(milestone);
    return {
      ...milestone,
      documents: (milestone.documents ?? []).filter((document) => isUpTo(document.at, at)),
      signedOff: met !== undefined && isUpTo(met, at) ? milestone.signedOff : {},
    };
  }),
  ...(completedAt !== undefined && isUpTo(completedAt, at) ? { completedAt } : {}),
});

const questionsAsOf = ({ questions }: ShownTender, at: string): ShownTender['questions'] =>
  questions
    .filter(({ askedAt }) => isUpTo(askedAt, at))
    .map((question) => {
      if (question.answeredAt === undefined || isUpTo(question.answeredAt, at)) return question;
      const { answer, rejectedBecause, answeredAt, ...open } = question;
      return open;
    });

/**
 * The terms before everything that was amended later, what was made last undone first, also of what was made at one instant. What an
 * amendment of an earlier version does not tell stays as it became.
 */
const termsAsOf = ({ terms, amendments }: ShownTender, at: string): PublishedTerms =>
  amendments
    .filter((amendment) => !isUpTo(amendment.at, at))
    .reverse()
    .sort((a, b) => Temporal.Instant.compare(b.at, a.at))
    .reduce(before, terms);

const before = (terms: PublishedTerms, { changes }: Amendment): PublishedTerms => {
  const earlier: Record<string, unknown> = { ...terms };
  for (const { term, from } of changes ?? []) {
    if (from === undefined) delete earlier[term];
    else earlier[term] = from;
  }
  // What an amendment keeps of a term is what the term was.
  return earlier as PublishedTerms;
};
