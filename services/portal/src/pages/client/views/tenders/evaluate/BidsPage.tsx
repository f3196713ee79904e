import { useQuery } from '@tanstack/react-query';
import type { Membership } from '@umuhuza/contracts/identity/schemas';
import type { OpenedBids, TenderView } from '@umuhuza/contracts/tenders/schemas';
import type { ReactNode } from 'react';
import { expecting } from '../../../api/answers.ts';
import { tenders } from '../../../api/platform.ts';
import { useSession } from '../../../api/session.ts';
import { bidsKey, useTender } from '../../../api/tenders.ts';
import { Card } from '../../../parts/Card.tsx';
import { Failure } from '../../../parts/Failure.tsx';
import { Loading } from '../../../parts/Loading.tsx';
import { useTitle } from '../../../parts/useTitle.ts';
import { useText } from '../../../texts/useText.ts';
import { BidCard } from './BidCard.tsx';
import { Clarifications } from './Clarifications.tsx';
import { Evaluators } from './Evaluators.tsx';
import { ofReader, opinionsOf } from './given.ts';
import { LotRanking } from './LotRanking.tsx';

type BidsPageProps = { readonly id: string; readonly company: Membership };

/** The opened bids, for their buyer: scored criterion by criterion, ranked lot by lot, awarded. */
export const BidsPage = ({ id, company }: BidsPageProps): ReactNode => {
  const { t } = useText('tenders');
  const tender = useTender(id);
  const bids = useQuery({ queryKey: bidsKey(id), queryFn: () => expecting(200, tenders.bids({ params: { id } })) });
  useTitle(t('bids-and-ranking'));
  if (tender.isPending || bids.isPending) return <Loading items={6} />;
  if (!tender.data || !bids.data)
    return (
      <Failure
        error={tender.error ?? bids.error ?? new Error('nothing came')}
        onRetry={() => void Promise.all([tender.refetch(), bids.refetch()])}
      />
    );
  return <OpenBids tender={tender.data} opened={bids.data} company={company} />;
};

type OpenBidsProps = { readonly tender: TenderView; readonly opened: OpenedBids; readonly company: Membership };

const OpenBids = ({ tender, opened, company }: OpenBidsProps): ReactNode => {
  const { t } = useText('tenders');
  const session = useSession();
  const user = session.data && session.data !== 'signed-out' ? session.data.person.userId : '';
  const reader = ofReader(opened, user);
  const { evaluation } = opened;
  const bidderOf = (bidId: string): string => {
    const bidder = opened.bids.find((bid) => bid.bidId === bidId)?.bidder;
    return bidder?.name ?? bidder?.organisationId ?? bidId;
  };
  return (
    <article className="detail">
      <p className="quiet">
        <a href={`#/tenders/${tender.id}`}>{tender.title}</a>
      </p>
      <h1>{t('bids-and-ranking')}</h1>
      <p>{t('bids-opened', { count: opened.bids.length })}</p>
      {evaluation && !evaluation.ended && <p className="note">{t('blind-until-all')}</p>}
      {evaluation && !reader.isEvaluator && !evaluation.ended && <p className="note">{t('you-do-not-score')}</p>}
      {opened.bids.length > 0 && <Evaluators tender={tender} evaluation={evaluation} company={company} bidderOf={bidderOf} />}
      {opened.bids.map((bid) => (
        <BidCard
          key={bid.bidId}
          tender={tender}
          bid={bid}
          reader={reader}
          opinions={opinionsOf(opened, bid.bidId)}
          company={company}
        />
      ))}
      {opened.bids.length > 0 && tender.criteria.some(({ kind }) => kind === 'price') && (
        <p className="hint">
          {t('criterion-price')}: {t('price-formula')}
        </p>
      )}
      {opened.lots.map((lot) => (
        <LotRanking
          key={lot.lotId}
          tender={tender}
          lot={lot}
          isScored={evaluation === undefined || evaluation.ended !== undefined}
        />
      ))}
      {opened.clarifications.length > 0 && (
        <Card title={t('clarifications')}>
          <Clarifications tender={tender} clarifications={opened.clarifications} />
        </Card>
      )}
    </article>
  );
};
