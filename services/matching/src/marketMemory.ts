import type { KnownTender, Market } from './market.ts';
import { demandOfTender } from './matching/demand.ts';
import type { FirmProfile } from './matching/firm.ts';
import { createFirmIndex } from './matching/firmIndex.ts';
import { measureBy } from './matching/scoreFirm.ts';
import type { Tender } from './terms.ts';

/** What is known of one firm or tender since its event of this sequence. */
type Known<What> = { readonly id: string; readonly sequence: number } & What;

/** The market as it lies in memory; each taking says whether it was news. */
export type MarketMemory = Pick<Market, 'firms' | 'isNewest' | 'openTender' | 'openTenders'> & {
  readonly takeFirm: (firm: Known<{ readonly profile: FirmProfile | null }>) => boolean;
  /** A word on this firm is acted on, now or before the firms kept here were lost; false when a newer one was. */
  readonly actOn: (organisationId: string, sequence: number) => boolean;
  readonly takeTender: (tender: Known<{ readonly tender: Tender | null; readonly over: boolean }>) => boolean;
  /** The tender with its measure, made anew when the tender or its buyer's profile has said something new. */
  readonly measured: (tender: Tender, sequence: number) => KnownTender;
  readonly firmSequence: (organisationId: string) => number;
  readonly tenderSequence: (tenderId: string) => number;
};

export const createMarketMemory = (): MarketMemory => {
  const firms = createFirmIndex();
  const firmSequences = new Map<string, number>();
  const actedOn = new Map<string, number>();
  const tenders = new Map<string, { readonly sequence: number; readonly tender: Tender | null }>();
  const measures = new Map<string, KnownTender>();

  const firmSequence = (organisationId: string) => firmSequences.get(organisationId) ?? 0;
  const tenderSequence = (tenderId: string) => tenders.get(tenderId)?.sequence ?? 0;

  const measured = (tender: Tender, sequence: number): KnownTender => {
    const buyer = tender.buyer.organisationId;
    const basis = { tender: sequence, buyer: firmSequence(buyer) };
    const before = measures.get(tender.tenderId);
    if (before && before.basis.tender === basis.tender && before.basis.buyer === basis.buyer) return before;
    return { tender, basis, measure: measureBy(demandOfTender(tender, firms.get(buyer)?.profile)) };
  };

  const openTender = (tenderId: string, at: string): KnownTender | undefined => {
    const known = tenders.get(tenderId);
    if (!known?.tender || Temporal.Instant.compare(at, known.tender.deadline) >= 0) return undefined;
    const open = measured(known.tender, known.sequence);
    measures.set(tenderId, open);
    return open;
  };

  return {
    firms,
    isNewest: (organisationId) => firmSequence(organisationId) >= (actedOn.get(organisationId) ?? 0),
    actOn: (organisationId, sequence) => {
      const newest = Math.max(sequence, actedOn.get(organisationId) ?? 0);
      actedOn.set(organisationId, newest);
      return sequence === newest;
    },
    openTender,
    openTenders: (at) => [...tenders.keys()].flatMap((tenderId) => openTender(tenderId, at) ?? []),
    takeFirm: ({ id, sequence, profile }) => {
      if (firmSequence(id) >= sequence) return false;
      firmSequences.set(id, sequence);
      if (profile) firms.put(profile);
      else firms.remove(id);
      return true;
    },
    takeTender: ({ id, sequence, tender, over }) => {
      if (tenderSequence(id) >= sequence) return false;
      tenders.set(id, { sequence, tender: over ? null : tender });
      if (over) measures.delete(id);
      return true;
    },
    measured,
    firmSequence,
    tenderSequence,
  };
};
