import { type About, type Found, isTold, type Place, type TenderMatch, type TenderMatchFact } from './tenderMatch.ts';

/**
 * A firm whose profile came or changed after the drawing is told when it reaches the bar of the drawing. Before the drawing there is
 * nothing to do: the drawing will find the firm.
 */
export const considerFirm = (
  match: TenderMatch,
  { about, firm, at }: { readonly about: About; readonly firm: Found; readonly at: string },
): readonly TenderMatchFact[] => {
  if (match.status === 'none' || isTold(match, firm.organisationId) || !reaches(firm, match.bar)) return [];
  return [{ type: 'FirmFoundLater', about, firm, at }];
};

const reaches = (place: Place, bar: Place): boolean =>
  place.points > bar.points || (place.points === bar.points && place.turn <= bar.turn);
