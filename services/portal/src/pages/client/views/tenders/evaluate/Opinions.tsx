import type { Membership } from '@umuhuza/contracts/identity/schemas';
import type { ReactNode } from 'react';
import { useText } from '../../../texts/useText.ts';
import { inPoints } from '../../../times.ts';
import type { Opinion } from './given.ts';
import { useMembers } from './useMembers.ts';

type OpinionsProps = { readonly opinions: readonly Opinion[]; readonly company: Membership };

/** What each evaluator gave for one criterion, and why. */
export const Opinions = ({ opinions, company }: OpinionsProps): ReactNode => {
  const { t, language } = useText('tenders');
  const { nameOf } = useMembers(company, t('former-member'));
  return (
    <ul className="list">
      {opinions.map(({ userId, score, comment, counts }) => (
        <li key={userId}>
          <p>
            <strong>{nameOf(userId)}</strong> <span className="clock">{t('score-is', { score: inPoints(score, language) })}</span>
          </p>
          {comment && <p className="text">{comment}</p>}
          {!counts && <p className="quiet">{t('does-not-count')}</p>}
        </li>
      ))}
    </ul>
  );
};
