import type { ContractView } from '@umuhuza/contracts/tenders/award';
import type { TenderView } from '@umuhuza/contracts/tenders/schemas';
import { isAward, standstillEnd } from './tender/awards.ts';
import type { AwardedLot, KnownTender } from './tender/tender.ts';
import { openingOf } from './tender/tender.ts';

type Ended = Pick<TenderView['lots'][number], 'award' | 'unsuccessful' | 'lapses'>;

/** What became of a lot. What its contract says is for its two sides, and why earlier awards came to nothing for the buyer. */
export const resultOf = (
  tender: KnownTender,
  lotId: string,
  reader: string,
  /** Of those that the tender itself holds no name of. */
  names: ReadonlyMap<string, string> = new Map(),
): Ended => {
  const opening = openingOf(tender);
  const result = opening?.results.find((one) => one.lotId === lotId);
  const isOwn = tender.buyer.organisationId === reader;
  const lapses = (opening?.lapses ?? [])
    .filter((lapse) => lapse.lotId === lotId)
    .map(({ bidId, winner, how, reason, at }) => ({ bidId, winner, how, reason, at }));
  const before = isOwn && lapses.length > 0 ? { lapses } : {};
  if (!result) return before;
  if (!isAward(result)) {
    const { lotId: _, kind, ...unsuccessful } = result;
    return { ...before, unsuccessful };
  }
  const { lotId: _, kind, contract, bidId, winner, ...award } = result;
  const isParty = isOwn || winner === reader;
  return {
    ...before,
    award: {
      bidId,
      winner: {
        organisationId: winner,
        ...named(opening?.bids.find((bid) => bid.bidId === bidId)?.bidderName ?? names.get(winner)),
      },
      ...award,
      standstillUntil: standstillEnd(tender, result),
      ...contractOf(result, isParty),
    },
  };
};

const contractOf = ({ contract }: AwardedLot, isParty: boolean): { readonly contract?: ContractView } => {
  if (!contract || (!isParty && contract.signedAt === undefined)) return {};
  const { milestones, ...known } = contract;
  const status = contract.completedAt === undefined ? (contract.signedAt === undefined ? 'offered' : 'signed') : 'completed';
  return {
    contract: {
      ...known,
      status,
      ...(isParty ? { milestones: milestones.map(({ documents = [], ...one }) => ({ ...one, documents: [...documents] })) } : {}),
    },
  };
};

const named = (name: string | undefined): { readonly name?: string } => (name === undefined ? {} : { name });
