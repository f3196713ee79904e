import { type ReactNode, useState } from 'react';
import { Card } from '../parts/Card.tsx';
import { useTitle } from '../parts/useTitle.ts';
import { useText } from '../texts/useText.ts';
import { NewestNotifications } from './InboxPage.tsx';
import { RegisterCompany } from './RegisterCompany.tsx';

/** For the programme office as long as it acts for no organisation. */
export const StaffOverview = (): ReactNode => {
  const { t } = useText();
  useTitle(t('programme-office'));
  const [registers, setRegisters] = useState(false);
  if (registers) return <RegisterCompany />;
  return (
    <>
      <h1>{t('programme-office')}</h1>
      <Card title={t('staff-without-company')}>
        <p>{t('staff-without-company-detail')}</p>
        <button type="button" onClick={() => setRegisters(true)}>
          {t('register-company')}
        </button>
      </Card>
      <NewestNotifications />
    </>
  );
};
