import { useQuery } from '@tanstack/react-query';
import { tendersApi } from '@umuhuza/contracts/tenders/api';
import type { BidContent, TenderView } from '@umuhuza/contracts/tenders/schemas';
import { type ReactNode, useState } from 'react';
import { addressOf } from '../../api/client.ts';
import { platformNow } from '../../api/serverClock.ts';
import { myBidKey } from '../../api/tenders.ts';
import { Card } from '../../parts/Card.tsx';
import { Failure } from '../../parts/Failure.tsx';
import { Loading } from '../../parts/Loading.tsx';
import { BothClocks } from '../../parts/Times.tsx';
import { useText } from '../../texts/useText.ts';
import { inMoney } from '../../times.ts';
import { BidSaid } from './BidSaid.tsx';
import { BidReceipts } from './bid/BidReceipts.tsx';
import { readDraft, readMyBid } from './bid/readBid.ts';
import { Outcomes } from './Outcomes.tsx';

/** The reader's own bid for a tender: what can be done with it now, and later what became of it. */
export const MyBidCard = ({ tender }: { readonly tender: TenderView }): ReactNode => {
  const { t, language } = useText('tenders');
  const { id } = tender;
  const [wasWithdrawn, setWithdrawn] = useState(false);
  const isOpen = tender.status === 'published' && tender.deadline !== undefined && Date.parse(tender.deadline) > platformNow();
  const bid = useQuery({ queryKey: myBidKey(id), queryFn: async () => (await readMyBid(id)) ?? null });
  const draft = useQuery({
    queryKey: ['tenders', 'bid-draft', id],
    queryFn: async () => (await readDraft(id)) ?? null,
    enabled: isOpen,
  });
  if (bid.isPending || (isOpen && draft.isPending))
    return (
      <Card title={t('your-bid')}>
        <Loading items={1} />
      </Card>
    );
  if (bid.isError)
    return (
      <Card title={t('your-bid')}>
        <Failure error={bid.error} onRetry={() => void bid.refetch()} />
      </Card>
    );
  const mine = bid.data?.value;
  if (!mine && !isOpen) return null;
  return (
    <Card title={t('your-bid')}>
      {mine ? (
        <>
          <p>
            <strong>{t(`bid-status-${mine.status}`)}</strong>{' '}
            <span className="quiet">
              {t('version')} {mine.version}, <BothClocks instant={mine.submittedAt} />
            </span>
          </p>
          {mine.disqualified && mine.outcomes.length === 0 && (
            <p className="note">
              {mine.disqualified.code && <strong>{t(`disqualified-${mine.disqualified.code}`)}. </strong>}
              {mine.disqualified.reason}
            </p>
          )}
          {mine.status === 'not-opened' && <p className="note">{t('bid-not-opened-detail')}</p>}
          {mine.content && (
            <ul className="list">
              {mine.content.prices.map(({ lotId, price }) => (
                <li key={lotId}>
                  <div className="line-head">
                    <span>{tender.lots.find((lot) => lot.id === lotId)?.title ?? lotId}</span>
                    <span>{inMoney(price, language)}</span>
                  </div>
                </li>
              ))}
            </ul>
          )}
          {mine.content && <HandedIn tender={tender} content={mine.content} />}
          <Outcomes tender={tender} bid={mine} />
        </>
      ) : (
        <p role={wasWithdrawn ? 'status' : undefined}>
          {t(wasWithdrawn ? 'bid-was-withdrawn' : draft.data ? 'bid-draft-waits' : 'no-bid-yet')}
        </p>
      )}
      {isOpen && (
        <a className="button main" href={`#/tenders/${id}/bid`}>
          {t(mine?.status === 'invalid' ? 'confirm-bid' : draft.data ? 'go-on-with-bid' : mine ? 'change-bid' : 'prepare-bid')}
        </a>
      )}
      {mine && (
        <BidReceipts tender={tender} bid={mine} etag={bid.data?.etag} isOpen={isOpen} onWithdrawn={() => setWithdrawn(true)} />
      )}
    </Card>
  );
};

/** The rest of the own bid, to be read also when nothing can be changed any more. */
const HandedIn = ({ tender, content }: { readonly tender: TenderView; readonly content: BidContent }): ReactNode => {
  const { t } = useText('tenders');
  const { answers, summary, team = [], documents = [], confirms = [] } = content;
  if (!summary && answers.length + team.length + documents.length + confirms.length === 0) return null;
  return (
    <details>
      <summary>{t('what-you-handed-in')}</summary>
      {confirms.length > 0 && (
        <p>
          {t('bid-confirms')}: {confirms.map((code) => t(`must-have-${code}`)).join(' · ')}
        </p>
      )}
      <ul className="list">
        {answers.map(({ criterionId, answer }) => (
          <li key={criterionId}>
            <strong>{tender.criteria.find(({ id }) => id === criterionId)?.name ?? t('criterion')}</strong>
            <p className="text">{answer}</p>
          </li>
        ))}
      </ul>
      <BidSaid
        content={content}
        addressFor={(documentId) => addressOf(tendersApi.myBidDocument, { params: { id: tender.id, documentId } })}
      />
    </details>
  );
};
