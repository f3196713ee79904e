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

export type ConsiderFirm = {
  readonly about: About;
  /** What of the tender and its buyer the firm was held against. */
  readonly basis: Basis;
  readonly firm: Found;
  readonly at: string;
};

/**
 * A firm whose profile came or changed after the drawing is told when it reaches the bar of the drawing. Before the drawing there is
 * nothing to do: the drawing will find the firm.
 */
export const considerFirm = (match: TenderMatch, { about, basis, firm, at }: ConsiderFirm): readonly TenderMatchFact[] => {
  if (match.status !== 'drawn' || !isUpToDate(basis, match.basis)) return [];
  if (isTold(match, firm.organisationId) || !reaches(firm, match.bar)) return [];
  return [{ type: 'FirmFoundLater', about, firm, at }];
};
