import type { QueryClient } from '@tanstack/react-query';
import type { Membership } from '@umuhuza/contracts/identity/schemas';
import type { BidDraftView, MyBid, TenderView } from '@umuhuza/contracts/tenders/schemas';
import { expectingTagged, Refused } from '../../../api/answers.ts';
import { tenders } from '../../../api/platform.ts';
import { readTender } from '../../../api/tenders.ts';
import { keepRead } from '../../../forms/readLast.ts';

type Tagged<Value> = { readonly value: Value; readonly etag: string | undefined };

/** What is not there is undefined; whatever else goes wrong is thrown. */
export const ifThere = async <Value>(refusal: string, asked: Promise<Value>): Promise<Value | undefined> => {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof Refused && error.refusal === refusal) return undefined;
    throw error;
  }
};

export const readDraft = (id: string): Promise<Tagged<BidDraftView> | undefined> =>
  ifThere('no-draft', expectingTagged(200, tenders.bidDraft({ params: { id } })));

export const readMyBid = (id: string): Promise<Tagged<MyBid> | undefined> =>
  ifThere('no-bid', expectingTagged(200, tenders.myBid({ params: { id } })));

export type BidAtHand = {
  readonly tender: TenderView;
  readonly draft: Tagged<BidDraftView> | undefined;
  readonly bid: Tagged<MyBid> | undefined;
};

export const bidAtHandKey = (id: string) => ['tenders', 'bid-at-hand', id] as const;

/** Under which name a bid at hand lies on the device for when there is no line. */
export const keptBid = ({ organisationId }: Membership, id: string): string => `bid.${organisationId}.${id}`;

/** What became of a bid at hand, for this page and for when it is opened again without a line. */
export const noteAtHand = (queries: QueryClient, company: Membership, id: string, changed: Partial<BidAtHand>): void => {
  const known = queries.setQueryData<BidAtHand>(bidAtHandKey(id), (before) => before && { ...before, ...changed });
  if (known) keepRead(localStorage, keptBid(company, id), known);
};

export const readBidAtHand = async (id: string): Promise<BidAtHand> => {
  const [tender, draft, bid] = await Promise.all([readTender(id), readDraft(id), readMyBid(id)]);
  return { tender, draft, bid };
};
