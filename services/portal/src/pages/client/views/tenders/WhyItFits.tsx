import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { expecting } from '../../api/answers.ts';
import { matching } from '../../api/platform.ts';
import { Card } from '../../parts/Card.tsx';
import { useText } from '../../texts/useText.ts';
import { Reasons, Score } from '../Matches.tsx';

/** How well a tender fits the own profile, why, and what the profile lacks for it. */
export const WhyItFits = ({ id }: { readonly id: string }): ReactNode => {
  const { t } = useText('tenders');
  const own = useQuery({
    queryKey: ['matches', 'tender', id],
    queryFn: () => expecting(200, matching.tenderMatches({ params: { id }, query: { limit: 1 } })),
  });
  const mine = useQuery({
    queryKey: ['matches', 'mine', 50],
    queryFn: () => expecting(200, matching.mine({ query: { limit: 50 } })),
  });
  const match = own.data?.firms[0];
  const lacking = mine.data?.nearMisses.find(({ tender }) => tender.tenderId === id)?.missing ?? [];
  // Advice: where it cannot be had, the tender is complete without it.
  if (!match && lacking.length === 0 && mine.data?.profile.published !== false) return null;
  return (
    <Card title={t('how-it-fits')} aside={match && <Score score={match.score} />}>
      {mine.data?.profile.published === false && <p>{t('profile-needed')}</p>}
      {match && <Reasons reasons={match.reasons} isOpen />}
      {lacking.length > 0 && (
        <>
          <p>{t('profile-lacks')}</p>
          <ul className="reasons against" lang="en">
            {lacking.map(({ name, says }) => (
              <li key={name}>{says}</li>
            ))}
          </ul>
        </>
      )}
    </Card>
  );
};
