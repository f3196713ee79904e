import type { Reaction } from '@umuhuza/eventing/hear';
import type { Market } from '../market.ts';
import type { Telling } from '../telling.ts';
import { termsOf } from '../terms.ts';

export const drawFirmsWhenTenderPublished =
  ({
    market,
    telling,
  }: {
    readonly market: Market;
    readonly telling: Telling;
  }): Reaction<'tenders.TenderPublished' | 'tenders.TenderAmended'> =>
  async ({ data: { tender }, sequence, cause }) => {
    await market.learnTender(tender.tenderId, sequence, termsOf(tender));
    await telling.draw(tender.tenderId, cause);
  };
