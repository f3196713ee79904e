import type { Reaction } from '@umuhuza/eventing/hear';
import { admitFirms } from '../tender/admitFirms.ts';
import type { TenderBook } from '../tenderBook.ts';

/** Whom matching tells of a tender for matched firms may see it from then on. */
export const admitMatchedFirms =
  ({ tenders }: { readonly tenders: TenderBook }): Reaction<'matching.FirmsMatched'> =>
  ({ data: { tenderId, firms }, cause }) =>
    tenders.change(tenderId, (tender) => admitFirms(tender, { firms: firms.map(({ organisationId }) => organisationId) }), cause);
