import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { Membership } from '@umuhuza/contracts/identity/schemas';
import type { ReactNode } from 'react';
import { tenderKey } from '../../../api/tenders.ts';
import { orReadLast } from '../../../forms/readLast.ts';
import { Failure } from '../../../parts/Failure.tsx';
import { Loading } from '../../../parts/Loading.tsx';
import { useTitle } from '../../../parts/useTitle.ts';
import { useText } from '../../../texts/useText.ts';
import { BidForm } from './BidForm.tsx';
import { bidAtHandKey, keptBid, readBidAtHand } from './readBid.ts';

type WriteBidProps = { readonly id: string; readonly step: string | undefined; readonly company: Membership };

/** The own bid: begun anew, gone on with where it was left on any device, or changed after it was handed in. */
export const WriteBid = ({ id, step, company }: WriteBidProps): ReactNode => {
  const { t } = useText('tenders');
  const queries = useQueryClient();
  // Read once: what follows is kept in step by saving, and must not be drawn anew while somebody types.
  const first = useQuery({
    queryKey: bidAtHandKey(id),
    queryFn: async () => {
      const atHand = await orReadLast(localStorage, keptBid(company, id), () => readBidAtHand(id));
      // What is shown of the tender is not older than what counts as read.
      queries.setQueryData(tenderKey(id), atHand.tender);
      return atHand;
    },
    networkMode: 'offlineFirst',
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  useTitle(t('your-bid'));
  if (first.isPending) return <Loading items={6} />;
  if (!first.data) return <Failure error={first.error} onRetry={() => void first.refetch()} />;
  const { tender } = first.data;
  if (tender.status !== 'published')
    return (
      <div className="narrow">
        <h1>{tender.title}</h1>
        <p className="note">{t('takes-no-bids')}</p>
        <a href={`#/tenders/${id}`}>{t('to-the-tender')}</a>
      </div>
    );
  return <BidForm key={id} first={first.data} step={step} company={company} />;
};
