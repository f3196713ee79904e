import { useQuery } from '@tanstack/react-query';
import type { TenderMatches } from '@umuhuza/contracts/matching/schemas';
import type { ReactNode } from 'react';
import { expecting, Refused } from '../../api/answers.ts';
import { matching } from '../../api/platform.ts';
import { Card } from '../../parts/Card.tsx';
import { Failure } from '../../parts/Failure.tsx';
import { Loading } from '../../parts/Loading.tsx';
import { useText } from '../../texts/useText.ts';
import { Lacks } from '../Lacks.tsx';
import { Score } from '../Matches.tsx';

/** Matching hears of a tender after whoever published it; for a reader of the tender this passes. */
const isNotReckoned = (error: Error | null): boolean => error instanceof Refused && error.problem.status === 404;
/** Milliseconds between looks while it is not reckoned, and how many looks. */
const lookAgain = { every: 3_000, times: 20 };

/** How well a tender fits the own profile, why, and what the profile lacks for it. */
export const WhyItFits = ({ id }: { readonly id: string }): ReactNode => {
  const { t, language } = useText('matching');
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['matches', 'tender', id, 'own', language],
    queryFn: () => expecting(200, matching.tenderMatches({ params: { id }, query: { limit: 1, language } })),
    refetchInterval: ({ state }) =>
      isNotReckoned(state.error) && state.errorUpdateCount < lookAgain.times ? lookAgain.every : false,
  });
  const own = data?.firms[0];
  return (
    <Card title={t('how-it-fits')} aside={own && !own.missing && <Score score={own.score} />}>
      {isPending ? (
        <Loading items={3} />
      ) : own ? (
        <Standing own={own} />
      ) : data ? (
        <p>
          {t('profile-needed')} <a href="#/profile">{t('to-profile')}</a>
        </p>
      ) : isNotReckoned(error) ? (
        <p className="quiet">{t('not-reckoned')}</p>
      ) : (
        <Failure error={error} onRetry={() => void refetch()} />
      )}
    </Card>
  );
};

const Standing = ({ own }: { readonly own: TenderMatches['firms'][number] }): ReactNode => {
  const { t } = useText('matching');
  const { missing, reasons } = own;
  const speaking = reasons.filter(({ kind }) => kind === 'for');
  const lacking = reasons.filter(({ points, max }) => points < max);
  return (
    <>
      {missing && (
        <section className="group">
          <h3>{t('must-haves-lacking')}</h3>
          <Lacks lacks={missing} />
        </section>
      )}
      {speaking.length > 0 && (
        <section className="group">
          <h3>{t(missing ? 'would-count-for' : 'fits-for')}</h3>
          <ul className="reasons for">
            {speaking.map(({ name, says }) => (
              <li key={name}>{says}</li>
            ))}
          </ul>
        </section>
      )}
      <section className="group">
        <h3>{t('profile-lacks')}</h3>
        {lacking.length > 0 ? <Lacks lacks={lacking} /> : <p className="quiet">{t('lacks-nothing')}</p>}
      </section>
    </>
  );
};
