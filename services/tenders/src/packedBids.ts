import type { Packing } from '@umuhuza/eventing/book';
import { isSealed, type SealedBid, type Tender } from './tender/tender.ts';

/**
 * How a tender lies in its document: its sealed bids as one text, a row a bid. Nothing is looked up in them, each change reads and writes
 * all of them, and hundreds of small documents take a database many times as long as one text.
 */
export const packedBids: Packing<Tender> = {
  pack: (tender) => (isSealed(tender) ? { ...tender, bids: JSON.stringify(tender.bids.map(toRow)) } : tender),
  unpack: (stored) => {
    const tender = stored as Tender;
    if (!isSealed(tender)) return tender;
    // As an earlier version wrote them they are as they are.
    const bids: unknown = tender.bids;
    return typeof bids === 'string' ? { ...tender, bids: (JSON.parse(bids) as Row[]).map(fromRow) } : tender;
  },
};

type Row = readonly [
  bidId: string,
  bidder: string,
  contentId: string,
  digest: string,
  version: number,
  submittedAt: string,
  valid: boolean,
  /** Missing in bids of an earlier version. */
  owner?: string,
];
const toRow = ({ bidId, bidder, contentId, digest, version, submittedAt, valid, owner }: SealedBid): Row => [
  bidId,
  bidder,
  contentId,
  digest,
  version,
  submittedAt,
  valid,
  ...(owner === undefined ? ([] as const) : ([owner] as const)),
];
const fromRow = ([bidId, bidder, contentId, digest, version, submittedAt, valid, owner]: Row): SealedBid => ({
  bidId,
  bidder,
  contentId,
  digest,
  version,
  submittedAt,
  valid,
  ...(owner === undefined ? {} : { owner }),
});
