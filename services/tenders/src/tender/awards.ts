import { type Refused, refuse } from './refusals.ts';
import type { Awarded, AwardedLot, LotResult, Opened } from './tender.ts';
import { isAfter, standstillDaysOf, type Terms } from './terms.ts';

export const isAward = (result: LotResult | undefined): result is AwardedLot => result?.kind === 'awarded';

/** The award of this lot as it stands now. */
export const awardOf = (tender: Opened | Awarded, lotId: string): AwardedLot | Refused => {
  if (!tender.terms.lots.some(({ id }) => id === lotId)) return refuse('no-such-lot');
  const result = tender.results.find((one) => one.lotId === lotId);
  if (isAward(result)) return result;
  return refuse(result ? 'lot-unsuccessful' : 'lot-not-awarded');
};

/** The instant from which a contract may be made about an award. */
export const standstillEnd = ({ terms }: { readonly terms: Terms }, { at }: Pick<LotResult, 'at'>): string =>
  Temporal.Instant.from(at)
    .add({ hours: standstillDaysOf(terms) * 24 })
    .toString({ fractionalSecondDigits: 3 });

export const isInStandstill = (tender: { readonly terms: Terms }, award: LotResult, at: string): boolean =>
  isAfter(standstillEnd(tender, award), at);
