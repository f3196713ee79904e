import { useQuery } from '@tanstack/react-query';
import type { FirmMatch, MatchReason, MyMatches } from '@umuhuza/contracts/matching/schemas';
import type { ReactNode } from 'react';
import { expecting } from '../api/answers.ts';
import { matching } from '../api/platform.ts';
import { Card } from '../parts/Card.tsx';
import { Failure } from '../parts/Failure.tsx';
import { Loading } from '../parts/Loading.tsx';
import { BothClocks } from '../parts/Times.tsx';
import { useText } from '../texts/useText.ts';
import { Lacks } from './Lacks.tsx';

/** Who and what fits the company, and why. */
export const Matches = (): ReactNode => {
  const { t, language } = useText();
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['matches', 'mine', language],
    queryFn: () => expecting(200, matching.mine({ query: { limit: 5, language } })),
  });
  return (
    <Card title={t('matches')}>
      {isPending ? (
        <Loading items={5} />
      ) : data === undefined ? (
        <Failure error={error} onRetry={() => void refetch()} />
      ) : (
        <MatchGroups matches={data} />
      )}
    </Card>
  );
};

const MatchGroups = ({ matches }: { readonly matches: MyMatches }): ReactNode => {
  const { t } = useText();
  const { profile, tenders, nearMisses, partners, ownTenders } = matches;
  const toOwn = ownTenders.filter(({ firms }) => firms.length > 0);
  const none = tenders.length + nearMisses.length + partners.length + toOwn.length === 0;
  return (
    <>
      {!profile.published && (
        <p className="note">
          {t('profile-not-published')} <a href="#/profile">{t('company-profile')}</a>
        </p>
      )}
      {none && profile.published && <p className="quiet">{t('no-matches')}</p>}
      {tenders.length > 0 && (
        <Group title={t('matching-tenders')}>
          {tenders.map(({ tender, score, reasons }) => (
            <li key={tender.tenderId}>
              <div className="line-head">
                <a href={`#/tenders/${tender.tenderId}`}>{tender.title}</a>
                <Score score={score} />
              </div>
              <p>{tender.buyer.name}</p>
              <p className="quiet">
                {t('deadline')} <BothClocks instant={tender.deadline} />
              </p>
              <Reasons reasons={reasons} />
            </li>
          ))}
        </Group>
      )}
      {toOwn.map(({ tender, firms }) => (
        <Group
          key={tender.tenderId}
          title={t('matching-firms')}
          of={{ href: `#/tenders/${tender.tenderId}`, title: tender.title }}
        >
          {firms.map((firm) => (
            <FirmLine key={firm.organisationId} firm={firm} told={firm.told} />
          ))}
        </Group>
      ))}
      {partners.length > 0 && (
        <Group title={t('partners')}>
          {partners.map((firm) => (
            <FirmLine key={firm.organisationId} firm={firm} />
          ))}
        </Group>
      )}
      {nearMisses.length > 0 && (
        <Group title={t('near-misses')}>
          {nearMisses.map(({ tender, missing }) => (
            <li key={tender.tenderId}>
              <a href={`#/tenders/${tender.tenderId}`}>{tender.title}</a>
              <Lacks lacks={missing} />
            </li>
          ))}
        </Group>
      )}
      {profile.missing.length > 0 && (
        <section className="group">
          <h3>{t('what-is-missing')}</h3>
          <Lacks
            lacks={profile.missing.map(({ name, says, tenders: count }) => ({
              name,
              says: t('missing-counts', { says, count }),
            }))}
          />
        </section>
      )}
    </>
  );
};

type GroupProps = {
  readonly title: string;
  readonly of?: { readonly href: string; readonly title: string };
  readonly children: ReactNode;
};

const Group = ({ title, of, children }: GroupProps): ReactNode => (
  <section className="group">
    <h3>
      {title}
      {of && (
        <>
          : <a href={of.href}>{of.title}</a>
        </>
      )}
    </h3>
    <ul className="list">{children}</ul>
  </section>
);

/** A firm that fits, with all that counted. */
export const FirmLine = ({ firm, told = false }: { readonly firm: FirmMatch; readonly told?: boolean }): ReactNode => {
  const { t } = useText();
  return (
    <li>
      <div className="line-head">
        <a href={`#/companies/${firm.organisationId}`}>{firm.name}</a>
        <Score score={firm.score} />
      </div>
      <p className="quiet">
        {t(firm.country)}
        {told && ` · ${t('was-told')}`}
      </p>
      <Reasons reasons={firm.reasons} />
    </li>
  );
};

export const Score = ({ score }: { readonly score: number }): ReactNode => {
  const { t } = useText();
  const percent = Math.round(score * 100);
  return (
    <span className="score">
      <svg className="gauge" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
        <rect width="100" height="10" />
        <rect width={percent} height="10" />
      </svg>
      {t('fits-by', { percent })}
    </span>
  );
};

/** Everything that counted for and against. */
export const Reasons = ({
  reasons,
  isOpen = false,
}: {
  readonly reasons: readonly MatchReason[];
  readonly isOpen?: boolean;
}): ReactNode => {
  const { t } = useText();
  const sides = { for: 'counts-for', against: 'counts-against' } as const;
  return (
    <details open={isOpen}>
      <summary>{t('reasons')}</summary>
      {(['for', 'against'] as const).map((kind) => {
        const its = reasons.filter((reason) => reason.kind === kind);
        return (
          its.length > 0 && (
            <div key={kind}>
              <h4>{t(sides[kind])}</h4>
              <ul className={`reasons ${kind}`}>
                {its.map(({ name, says }) => (
                  <li key={name}>{says}</li>
                ))}
              </ul>
            </div>
          )
        );
      })}
    </details>
  );
};
