import type { Membership } from '@umuhuza/contracts/identity/schemas';
import type { ReactNode } from 'react';
import { useInboxState } from '../api/inbox.ts';
import type { Route } from '../route.ts';
import { useText } from '../texts/useText.ts';

type NavigationProps = { readonly route: Route; readonly company: Membership | undefined };

export const Navigation = ({ route, company }: NavigationProps): ReactNode => {
  const { t } = useText();
  const unread = useInboxState()?.unread ?? 0;
  const here = (view: Route['view']) => (route.view === view ? ('page' as const) : undefined);
  const isTests = route.view === 'sandbox' && !['profile', 'edit-profile', 'company'].includes(route.page);
  const isTenders = route.view.startsWith('tender');
  return (
    <nav className="tabs" aria-label={t('navigation')}>
      <a href="#/" aria-current={here('overview')}>
        {t('overview')}
      </a>
      <a href="#/tenders" aria-current={isTenders ? 'page' : undefined}>
        {t('tenders')}
      </a>
      {company && (
        <a href={company.country === 'RW' ? '#/hosting' : '#/sandbox'} aria-current={isTests ? 'page' : undefined}>
          {t('tests')}
        </a>
      )}
      <a href="#/contacts" aria-current={here('contacts')}>
        {t('contacts')}
      </a>
      <a href="#/inbox" aria-current={here('inbox')}>
        {t('inbox')}
        {unread > 0 && (
          <span className="count">
            <span aria-hidden="true">{unread > 99 ? '99+' : unread}</span>
            <span className="unseen">{t('unread', { count: unread })}</span>
          </span>
        )}
      </a>
    </nav>
  );
};
