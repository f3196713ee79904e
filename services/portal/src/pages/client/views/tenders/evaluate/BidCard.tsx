import type { Membership } from '@umuhuza/contracts/identity/schemas';
import { tendersApi } from '@umuhuza/contracts/tenders/api';
import type { OpenedBids, TenderView } from '@umuhuza/contracts/tenders/schemas';
import type { ReactNode } from 'react';
import { addressOf } from '../../../api/client.ts';
import { Card } from '../../../parts/Card.tsx';
import { useText } from '../../../texts/useText.ts';
import { inMoney } from '../../../times.ts';
import { BidSaid } from '../BidSaid.tsx';
import { Conflict } from './Conflict.tsx';
import { Disqualify } from './Disqualify.tsx';
import type { Opinion, Reader } from './given.ts';
import { Scoring } from './Scoring.tsx';

type BidCardProps = {
  readonly tender: TenderView;
  readonly bid: OpenedBids['bids'][number];
  readonly reader: Reader;
  readonly opinions: readonly Opinion[];
  readonly company: Membership;
};

/** One bid: what it says, and what the reader gives it. */
export const BidCard = ({ tender, bid, reader, opinions, company }: BidCardProps): ReactNode => {
  const { t, language } = useText('tenders');
  const { content, bidder, bidId, status } = bid;
  const isOut = status === 'disqualified';
  const hasConflict = bid.conflict !== undefined;
  // An evaluator says so even of a bid of its own firm: until then the scoring waits for it.
  const mayDeclare = reader.isEvaluator ? reader.mayScore && !reader.conflicts.includes(bidId) : bid.conflict !== 'with-it';
  const hasWon = tender.lots.some(({ award }) => award?.bidId === bidId);
  const isOpen = tender.status === 'opened';
  return (
    <Card
      title={bidder.name ?? bidder.organisationId}
      aside={isOut ? <span className="badge ended">{t('outcome-disqualified')}</span> : undefined}
    >
      {isOut && (
        <p className="note">
          {bid.disqualificationCode && <strong>{t(`disqualified-${bid.disqualificationCode}`)}. </strong>}
          {bid.disqualifiedBecause}
        </p>
      )}
      <ul className="list">
        {content.prices.map(({ lotId, price }) => (
          <li key={lotId}>
            <div className="line-head">
              <span>{tender.lots.find(({ id }) => id === lotId)?.title ?? lotId}</span>
              <strong>{inMoney(price, language)}</strong>
            </div>
          </li>
        ))}
      </ul>
      <BidSaid
        content={content}
        addressFor={(documentId) => addressOf(tendersApi.bidDocument, { params: { id: tender.id, bidId, documentId } })}
      />
      {bid.conflict && <p className="note">{t(`conflict-${bid.conflict}`)}</p>}
      <Scoring
        tender={tender}
        bid={bid}
        opinions={opinions}
        given={reader.scores.filter((score) => score.bidId === bidId)}
        mayScore={reader.mayScore && isOpen && !isOut && !hasConflict && !hasWon}
        company={company}
      />
      {isOpen && (
        <div className="actions">
          {mayDeclare && <Conflict tender={tender} bidId={bidId} />}
          {!isOut && !hasWon && !hasConflict && <Disqualify tender={tender} bidId={bidId} />}
        </div>
      )}
    </Card>
  );
};
