import type { OpenedBid, Share } from './tender.ts';
import { type Criterion, isAfter, type Money, type Terms } from './terms.ts';

export type Ranked = {
  readonly bid: OpenedBid;
  readonly price: Money;
  /** 1 is the first. */
  readonly rank: number;
  /** Of 100, with four decimals. */
  readonly points: number;
  readonly shares: readonly Share[];
  /** The quality criteria without a score yet; each counts 0. */
  readonly unscored: readonly string[];
};

/** Points are counted in ten-thousandths, as integers: equal bids are equal on every machine. */
const unit = 10_000;

/**
 * The ranking of a lot: the sum of weight × score / 100 over the criteria. Quality scores are the buyer's; the price scores
 * 100 × lowest price / price. Equal points go to the bid that was there earlier. Disqualified bids take no part, nor set the lowest price.
 */
export const rank = ({ criteria }: Pick<Terms, 'criteria'>, bids: readonly OpenedBid[], lotId: string): Ranked[] => {
  const taking = bids.flatMap((bid, order) => {
    const price = priceFor(bid, lotId);
    return price && bid.disqualifiedBecause === undefined ? [{ bid, price, order }] : [];
  });
  const lowest = Math.min(...taking.map(({ price }) => price.amount));
  return taking
    .map(({ bid, price, order }) => {
      const counted = criteria.map((criterion) => count(criterion, bid, price.amount, lowest));
      return { bid, price, order, counted, sum: counted.reduce((sum, { units }) => sum + units, 0) };
    })
    .sort((a, b) => b.sum - a.sum || earlier(a.bid, b.bid) || a.order - b.order)
    .map(({ bid, price, counted, sum }, place) => ({
      bid,
      price,
      rank: place + 1,
      points: sum / unit,
      shares: counted.map(({ criterionId, score, units }) => ({ criterionId, score, points: units / unit })),
      unscored: counted.filter(({ isScored }) => !isScored).map(({ criterionId }) => criterionId),
    }));
};

export const priceFor = (bid: OpenedBid, lotId: string): Money | undefined =>
  bid.prices.find((price) => price.lotId === lotId)?.price;

const earlier = (a: OpenedBid, b: OpenedBid): number =>
  isAfter(a.submittedAt, b.submittedAt) ? 1 : isAfter(b.submittedAt, a.submittedAt) ? -1 : 0;

const count = ({ id, weight, kind }: Criterion, bid: OpenedBid, price: number, lowest: number) => {
  const given = bid.scores.find(({ criterionId }) => criterionId === id);
  // Rounded half up in integers; amounts may be too large for their product to be exact otherwise. A price of 0 is the lowest.
  const hundredths = kind === 'price' ? proportion(100 * unit, lowest, price) : Math.round((given?.score ?? 0) * unit);
  const units = kind === 'price' ? proportion(weight * unit, lowest, price) : Math.floor((weight * hundredths + 50) / 100);
  return { criterionId: id, score: hundredths / unit, units, isScored: kind === 'price' || given !== undefined };
};

const proportion = (whole: number, part: number, of: number): number =>
  of === 0 ? whole : Number((2n * BigInt(whole) * BigInt(part) + BigInt(of)) / (2n * BigInt(of)));
