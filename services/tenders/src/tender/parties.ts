import { type Refused, refuse } from './refusals.ts';
import { isVisibleTo, type Tender } from './tender.ts';

/** Who asks, as the token says. */
export type By = { readonly organisation: string; readonly user?: string };

/** The refusal for everyone but the buyer. A draft does not exist for others. */
export const unlessBuyer = (tender: Tender, { organisation }: By): Refused | undefined => {
  if (!isVisibleTo(tender, organisation)) return refuse('no-such-tender');
  return tender.buyer.organisationId === organisation ? undefined : refuse('only-the-buyer');
};
