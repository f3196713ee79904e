import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packedBids } from './packedBids.ts';
import { everyState } from './tender/scenes.fixture.ts';
import type { SealedBid, Tender } from './tender/tender.ts';

const { pack, unpack } = packedBids;
const bids = fc.array(
  fc.record<SealedBid, Exclude<keyof SealedBid, 'owner'>>({
    bidId: fc.string(),
    bidder: fc.string({ unit: 'binary' }),
    contentId: fc.uuid(),
    digest: fc.string(),
    version: fc.nat(),
    submittedAt: fc.constant('2026-11-23T12:00:00.000Z'),
    valid: fc.boolean(),
  }),
);

describe('a tender in its document', () => {
  it('has its sealed bids as one text, and is read as it was', () =>
    fc.assert(
      fc.property(bids, fc.constantFrom(everyState.published, everyState.closed), (given, tender) => {
        const whole = { ...tender, bids: given } as Tender;
        const packed = pack(whole) as { readonly bids: unknown };
        expect(typeof packed.bids).toBe('string');
        expect(unpack(packed)).toEqual(whole);
      }),
    ));

  it('is as it is without sealed bids, and as an earlier version wrote it', () => {
    const { published, closed, ...withoutSealedBids } = everyState;
    for (const tender of Object.values(withoutSealedBids)) {
      expect(pack(tender)).toBe(tender);
      expect(unpack(tender)).toBe(tender);
    }
    for (const tender of [published, closed]) expect(unpack(tender)).toEqual(tender);
  });
});
