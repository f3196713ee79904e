import { useQueryClient } from '@tanstack/react-query';
import type { Membership } from '@umuhuza/contracts/identity/schemas';
import type { OwnProfile } from '@umuhuza/contracts/profiles/schemas';
import type { ReactNode } from 'react';
import { expecting } from '../../api/answers.ts';
import { profiles } from '../../api/platform.ts';
import { Form } from '../../forms/Form.tsx';
import { useIntent } from '../../forms/useIntent.ts';
import { Card } from '../../parts/Card.tsx';
import { Failure } from '../../parts/Failure.tsx';
import { BothClocks } from '../../parts/Times.tsx';
import { missingIn } from '../../profile/profileFields.ts';
import { useText } from '../../texts/useText.ts';
import { Detail } from '../Detail.tsx';
import { ProfileFacts } from './ProfileFacts.tsx';

export const myProfileKey = ['profiles', 'mine'] as const;

const tone = { draft: 'waiting', published: 'live', stale: 'waiting', withdrawn: 'ended' } as const;

/** The company’s own profile in any state, what it lacks, and what can be done with it. */
export const ProfilePage = ({ company }: { readonly company: Membership }): ReactNode => {
  const { t } = useText('profile');
  return (
    <Detail
      queryKey={myProfileKey}
      read={() => expecting(200, profiles.mine())}
      titleOf={() => t('own-profile')}
      kind={t('profile')}
      badgeOf={({ status }) => <span className={`badge ${tone[status]}`}>{t(`profile-${status}`)}</span>}
    >
      {(profile) => (
        <>
          <p className="quiet">{t('own-profile-detail')}</p>
          <Life profile={profile} company={company} />
          {profile.content && (
            <Card title={t('profile')} aside={<a href="#/profile/edit">{t('edit-profile')}</a>}>
              <ProfileFacts
                content={profile.content}
                references={[
                  ...profile.verifiedReferences,
                  ...profile.content.references.map((reference, index) => ({
                    ...reference,
                    id: `claimed-${index}`,
                    status: 'claimed' as const,
                  })),
                ]}
              />
            </Card>
          )}
          {(profile.status === 'published' || profile.status === 'stale') && <Withdraw />}
        </>
      )}
    </Detail>
  );
};

const useShown = () => {
  const queries = useQueryClient();
  return (profile: OwnProfile) => {
    queries.setQueryData(myProfileKey, profile);
    // Who is found by whom follows the profile.
    void queries.invalidateQueries({ queryKey: ['matches'] });
  };
};

const Life = ({ profile, company }: { readonly profile: OwnProfile; readonly company: Membership }): ReactNode => {
  const { t } = useText('profile');
  const { status, content, publishedAt, staleAt } = profile;
  const { needed, helpful } = missingIn(content, company.country);
  const publishing = useIntent(
    (_: { readonly publish: string }, key) =>
      expecting(200, profiles.publishMine({ headers: { 'idempotency-key': key }, body: {} })),
    useShown(),
  );
  return (
    <section className="card" aria-label={t(`profile-${status}`)}>
      {!content && <p>{t('no-profile-yet')}</p>}
      {publishedAt && status !== 'withdrawn' && (
        <p className="quiet">
          {t('published-since')} <BothClocks instant={publishedAt} />
        </p>
      )}
      {status === 'published' && staleAt && (
        <p>
          {t('renew-detail')} <BothClocks instant={staleAt} />
        </p>
      )}
      {status === 'stale' && <p className="note">{t('stale-detail')}</p>}
      {status === 'withdrawn' && <p className="note">{t('withdrawn-detail')}</p>}
      {needed.length > 0 && (
        <div className="note">
          <p>
            <strong>{t('needed-before-publishing')}</strong>
          </p>
          <ul>
            {needed.map((what) => (
              <li key={what}>{t(`needed-${what}`)}</li>
            ))}
          </ul>
        </div>
      )}
      {content && helpful.length > 0 && (
        <div className="group">
          <p>
            <strong>{t('would-help')}</strong>
          </p>
          <ul className="reasons against">
            {helpful.map((what) => (
              <li key={what}>{t(`helpful-${what}`)}</li>
            ))}
          </ul>
        </div>
      )}
      {needed.length > 0 ? (
        <a className="button main" href="#/profile/edit">
          {t(content ? 'edit-profile' : 'write-profile')}
        </a>
      ) : (
        <button
          type="button"
          className={status === 'published' ? undefined : 'main'}
          disabled={publishing.isPending}
          onClick={() => publishing.mutate({ publish: status })}
        >
          {t(status === 'draft' ? 'publish-profile' : status === 'withdrawn' ? 'publish-again' : 'renew-profile')}
        </button>
      )}
      {publishing.isError && <Failure error={publishing.error} />}
    </section>
  );
};

const Withdraw = (): ReactNode => {
  const { t } = useText('profile');
  const withdrawing = useIntent(
    (_: { readonly withdraw: true }, key) =>
      expecting(200, profiles.withdrawMine({ headers: { 'idempotency-key': key }, body: {} })),
    useShown(),
  );
  return (
    <details className="weighty">
      <summary>{t('withdraw-profile')}</summary>
      <Form
        sending={withdrawing}
        onSubmit={() => withdrawing.mutate({ withdraw: true })}
        action={t('withdraw-profile')}
        isDangerous
      >
        <p>{t('withdraw-detail')}</p>
      </Form>
    </details>
  );
};
