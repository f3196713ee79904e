import {
  type About,
  type Basis,
  type Found,
  isTold,
  isUpToDate,
  reaches,
  type TenderMatch,
  type TenderMatchFact,
} from './tenderMatch.ts';

export type DrawFirms = {
  readonly about: About;
  readonly basis: Basis;
  /** All firms that fit, the best first, and no more than there is `room` for. */
  readonly best: readonly Found[];
  readonly room: number;
  /** The least points that are worth a message. */
  readonly tellFrom: number;
  readonly at: string;
};

/**
 * Draws the firms that fit best when a tender is published, and again when the tender or its buyer's profile says something new. A
 * drawing made again on the same words keeps its bar, and finds whom it did not know of. No firm is told twice.
 */
export const drawFirms = (
  match: TenderMatch,
  { about, basis, best, room, tellFrom, at }: DrawFirms,
): readonly TenderMatchFact[] => {
  if (match.status === 'over') return [];
  if (match.status === 'drawn' && !isNewer(basis, match.basis)) {
    if (!isUpToDate(basis, match.basis)) return [];
    const missed = best.filter((firm) => reaches(firm, match.bar) && !isTold(match, firm.organisationId));
    return missed.length === 0 ? [] : [{ type: 'FirmsDrawn', about, basis, bar: match.bar, firms: missed, at }];
  }
  const worthTelling = best.filter(({ points }) => points >= tellFrom);
  const last = worthTelling.length < room ? undefined : worthTelling[room - 1];
  const bar = last ? { points: last.points, turn: last.turn } : { points: tellFrom, turn: Number.MAX_SAFE_INTEGER };
  const firms = worthTelling.filter(({ organisationId }) => !isTold(match, organisationId));
  return [{ type: 'FirmsDrawn', about, basis, bar, firms, at }];
};

/** A tender of which nobody is to be told. */
export const drawNobody = (match: TenderMatch): readonly TenderMatchFact[] =>
  match.status === 'none' ? [{ type: 'NobodyDrawn' }] : [];

const isNewer = (one: Basis, other: Basis): boolean => one.tender > other.tender || one.buyer > other.buyer;
