import type { Membership } from '@umuhuza/contracts/identity/schemas';
import type { ReactNode } from 'react';
import { useTitle } from '../parts/useTitle.ts';
import { useText } from '../texts/useText.ts';
import { Bookings } from './Bookings.tsx';
import { NewestNotifications } from './InboxPage.tsx';
import { Matches } from './Matches.tsx';
import { Tenders } from './Tenders.tsx';

/** What the company has to do with, at a glance. */
export const Overview = ({ company }: { readonly company: Membership }): ReactNode => {
  const { t } = useText();
  useTitle(t('overview'));
  return (
    <>
      <h1>{company.name}</h1>
      <p className="quiet lead">
        {t(company.country)} · <a href="#/profile">{t('company-profile')}</a>
      </p>
      <div className="columns">
        <div>
          <Tenders company={company} />
          <Matches />
        </div>
        <div>
          <NewestNotifications />
          <Bookings company={company} />
        </div>
      </div>
    </>
  );
};
