import type { Criterion, RankedBid } from '@umuhuza/contracts/tenders/schemas';
import type { ReactNode } from 'react';
import { useText } from '../../texts/useText.ts';
import { inPoints } from '../../times.ts';

type SharesProps = { readonly shares: RankedBid['shares']; readonly criteria: readonly Criterion[] };

/** What each criterion gave: points out of its weight. */
export const Shares = ({ shares, criteria }: SharesProps): ReactNode => {
  const { t, language } = useText('tenders');
  return (
    <ul className="shares">
      {shares.map(({ criterionId, score, points }) => {
        const criterion = criteria.find(({ id }) => id === criterionId);
        const weight = criterion?.weight ?? 0;
        return (
          <li key={criterionId}>
            <span>{criterion?.name ?? criterionId}</span>
            <svg className="gauge" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
              <rect width="100" height="10" />
              <rect width={weight === 0 ? 0 : Math.min(100, (100 * points) / weight)} height="10" />
            </svg>
            <span className="points">
              {t('points-of', { points: inPoints(points, language), weight, score: inPoints(score, language) })}
            </span>
          </li>
        );
      })}
    </ul>
  );
};
