import { type Amendment, openingOf, type ShownTender } from '../tender/tender.ts';
import type { PublishedTerms } from '../tender/terms.ts';

const isUpTo = (instant: string, at: string): boolean => Temporal.Instant.compare(instant, at) <= 0;

/** The instants at which something changed that everybody may see, from publishing on. */
export const instantsOf = (tender: ShownTender): string[] => {
  const opening = openingOf(tender);
  const instants = [
    tender.publishedAt,
    ...tender.amendments.map(({ at }) => at),
    ...tender.questions.flatMap(({ askedAt, answeredAt }) => [askedAt, answeredAt]),
    'closedAt' in tender ? tender.closedAt : undefined,
    opening?.openedAt,
    ...(opening?.results.map(({ at }) => at) ?? []),
    tender.status === 'awarded' ? tender.completedAt : undefined,
    'endedAt' in tender ? tender.endedAt : undefined,
  ].filter((instant) => instant !== undefined);
  return [...new Set(instants)].sort((a, b) => Temporal.Instant.compare(a, b));
};

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
  return tender.status === 'awarded' && isUpTo(tender.completedAt, at)
    ? { ...shown, ...opening, status: 'awarded', leftovers: false, closedAt, completedAt: tender.completedAt }
    : { ...shown, ...opening, status: 'opened', leftovers: false, closedAt };
};

const openingAsOf = (tender: ShownTender, at: string): ReturnType<typeof openingOf> => {
  const opening = openingOf(tender);
  if (!opening || !isUpTo(opening.openedAt, at)) return undefined;
  return {
    ...opening,
    results: opening.results.filter((result) => isUpTo(result.at, at)),
    outcomes: opening.outcomes.filter((outcome) => isUpTo(outcome.at, at)),
  };
};

const questionsAsOf = ({ questions }: ShownTender, at: string): ShownTender['questions'] =>
  questions
    .filter(({ askedAt }) => isUpTo(askedAt, at))
    .map((question) => {
      if (question.answeredAt === undefined || isUpTo(question.answeredAt, at)) return question;
      const { answer, rejectedBecause, answeredAt, ...open } = question;
      return open;
    });

/** The terms before everything that was amended later. What an amendment of an earlier version does not tell stays as it became. */
const termsAsOf = ({ terms, amendments }: ShownTender, at: string): PublishedTerms =>
  amendments
    .filter((amendment) => !isUpTo(amendment.at, at))
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
