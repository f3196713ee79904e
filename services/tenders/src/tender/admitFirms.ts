import type { Decision, Tender } from './tender.ts';

/** Lets the firms that matching suggests see a tender that is for matched firms, and bid. Quiet for every other audience. */
export const admitFirms = (tender: Tender, { firms }: { readonly firms: readonly string[] }): Decision => {
  switch (tender.status) {
    case 'published':
    case 'closed':
    case 'opened': {
      if (tender.terms.audience !== 'matched') return [];
      const known = new Set([tender.buyer.organisationId, ...(tender.terms.invited ?? []), ...(tender.admitted ?? [])]);
      const fresh = [...new Set(firms)].filter((firm) => !known.has(firm));
      return fresh.length > 0 ? [{ type: 'FirmsAdmitted', firms: fresh }] : [];
    }
    default:
      return [];
  }
};
