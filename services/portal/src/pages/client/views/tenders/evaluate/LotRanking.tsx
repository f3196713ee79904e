import type { OpenedBids, TenderView } from '@umuhuza/contracts/tenders/schemas';
import type { ReactNode } from 'react';
import { Card } from '../../../parts/Card.tsx';
import { useText } from '../../../texts/useText.ts';
import { inMoney, inPoints } from '../../../times.ts';
import { whyNobody } from '../because.ts';
import { Shares } from '../Shares.tsx';
import { Award } from './Award.tsx';
import { Unsuccessful } from './Unsuccessful.tsx';

type LotRankingProps = {
  readonly tender: TenderView;
  readonly lot: OpenedBids['lots'][number];
  /** The scores count: nobody is appointed, or the evaluators have ended. */
  readonly isScored: boolean;
};

/** The ranking of a lot with each criterion's share, and its award. */
export const LotRanking = ({ tender, lot, isScored }: LotRankingProps): ReactNode => {
  const { t, language } = useText('tenders');
  const known = tender.lots.find(({ id }) => id === lot.lotId);
  const isDecided = known?.award !== undefined || known?.unsuccessful !== undefined;
  const [first] = lot.ranking;
  return (
    <Card title={t('ranking-of', { lot: known?.title ?? lot.lotId })}>
      {lot.ranking.length === 0 && <p className="quiet">{t('no-bid-for-lot')}</p>}
      <ol className="list">
        {lot.ranking.map(({ bidId, bidder, rank, points, price, shares, unscored }) => (
          <li key={bidId}>
            <div className="line-head">
              <strong>
                {rank}. {bidder.name ?? bidder.organisationId}
              </strong>
              <span>{inMoney(price, language)}</span>
            </div>
            <p>{t('points-of-100', { points: inPoints(points, language) })}</p>
            <Shares shares={shares} criteria={tender.criteria} />
            {unscored.length > 0 && (
              <p className="quiet">
                {t('not-scored-yet', {
                  what: unscored.map((id) => tender.criteria.find((one) => one.id === id)?.name ?? id).join(', '),
                })}
              </p>
            )}
          </li>
        ))}
      </ol>
      {known?.award && (
        <p className="award">
          {t('awarded-to', { name: known.award.winner.name ?? '', value: inMoney(known.award.value, language) })}
        </p>
      )}
      {known?.unsuccessful && (
        <p>
          {t('unsuccessful')}: {whyNobody(known.unsuccessful, { t })}
        </p>
      )}
      {!isDecided && tender.status === 'opened' && (
        <>
          {!lot.evaluated && lot.ranking.length > 0 && (
            <p className="quiet">{t(isScored ? 'score-all-first' : 'evaluators-first')}</p>
          )}
          <div className="actions">
            {first && lot.evaluated && <Award tender={tender} lotId={lot.lotId} first={first} />}
            <Unsuccessful tender={tender} lotId={lot.lotId} />
          </div>
        </>
      )}
    </Card>
  );
};
