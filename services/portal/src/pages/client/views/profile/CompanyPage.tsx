import type { ReactNode } from 'react';
import { expecting } from '../../api/answers.ts';
import { profiles } from '../../api/platform.ts';
import { Card } from '../../parts/Card.tsx';
import { useText } from '../../texts/useText.ts';
import { Detail } from '../Detail.tsx';
import { ProfileFacts } from './ProfileFacts.tsx';

/** A company as all others see it. */
export const CompanyPage = ({ id }: { readonly id: string }): ReactNode => {
  const { t } = useText('profile');
  return (
    <Detail
      queryKey={['profiles', 'one', id]}
      read={() => expecting(200, profiles.one({ params: { organisationId: id } }))}
      titleOf={({ name }) => name}
      kind={t('profile')}
    >
      {({ country, ...profile }) => (
        <>
          <p className="quiet lead">{t(country)}</p>
          <Card title={t('profile')}>
            <ProfileFacts content={profile} references={profile.references} />
          </Card>
        </>
      )}
    </Detail>
  );
};
