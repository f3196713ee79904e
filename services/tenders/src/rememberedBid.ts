import { type TakenBid, takenBid, type WithdrawnBid, withdrawnBid } from '@umuhuza/contracts/tenders/schemas';
import { z } from 'zod';

/**
 * The answer to a bidder as its tender remembers it, before it is sealed. A row, and nothing that the request tells anyway: there may be
 * hundreds of them in the tender's document.
 */
const row = z.tuple([z.string(), z.int(), z.string(), z.string()]);
type Row = z.output<typeof row>;

export const takenToRow = ({ bidId, version, submittedAt, digest }: TakenBid): Row => [bidId, version, submittedAt, digest];
export const withdrawnToRow = ({ bidId, version, withdrawnAt, digest }: WithdrawnBid): Row => [
  bidId,
  version,
  withdrawnAt,
  digest,
];

/** Undefined: there was no bid to tell of. What an earlier version remembered is whole. */
export const takenFrom = (tenderId: string, remembered: unknown): TakenBid | undefined => {
  const known = row.safeParse(remembered);
  if (!known.success) return takenBid.nullable().parse(remembered) ?? undefined;
  const [bidId, version, submittedAt, digest] = known.data;
  return { tenderId, bidId, version, submittedAt, digest };
};

export const withdrawnFrom = (tenderId: string, remembered: unknown): WithdrawnBid | undefined => {
  const known = row.safeParse(remembered);
  if (!known.success) return withdrawnBid.nullable().parse(remembered) ?? undefined;
  const [bidId, version, withdrawnAt, digest] = known.data;
  return { tenderId, bidId, version, withdrawnAt, digest };
};
