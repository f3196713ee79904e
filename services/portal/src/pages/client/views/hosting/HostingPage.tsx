import type { Membership } from '@umuhuza/contracts/identity/schemas';
import type { ReactNode } from 'react';
import { expecting } from '../../api/answers.ts';
import { sandbox } from '../../api/platform.ts';
import { Card } from '../../parts/Card.tsx';
import { PagedList } from '../../parts/PagedList.tsx';
import { useTitle } from '../../parts/useTitle.ts';
import { useText } from '../../texts/useText.ts';
import { BookingLine } from '../BookingLine.tsx';
import { KindsText } from '../sandbox/Words.tsx';

/** Everything of a test host at a glance: who waits for an answer, and where it tests. */
export const HostingPage = ({ company }: { readonly company: Membership }): ReactNode => {
  const { t } = useText('sandbox');
  useTitle(t('hosting'));
  return (
    <>
      <h1>{t('hosting')}</h1>
      <p className="quiet lead">{t('hosting-detail')}</p>
      <div className="columns">
        <div>
          <Card title={t('own-environments')}>
            <Environments />
            <a className="button main" href="#/hosting/environment">
              {t('new-environment')}
            </a>
          </Card>
        </div>
        <div>
          <Card title={t('waiting-for-answer')} aside={<a href="#/bookings">{t('all-bookings')}</a>}>
            <PagedList
              queryKey={['bookings', 'requested']}
              read={(cursor) =>
                expecting(
                  200,
                  sandbox.bookings({
                    query: { as: 'host', status: 'requested', limit: 10, ...(cursor === undefined ? {} : { cursor }) },
                  }),
                )
              }
              keyOf={({ bookingId }) => bookingId}
              expected={2}
              empty={t('nobody-waits-for-answer')}
            >
              {(booking) => <BookingLine booking={booking} company={company} />}
            </PagedList>
          </Card>
          <Card title={t('also-here')}>
            <ul className="plain-list">
              <li>
                <a href="#/hosting/resources">{t('resources')}</a>
              </li>
              <li>
                <a href="#/sandbox/calendar">{t('subscribe-calendar')}</a>
              </li>
              <li>
                <a href="#/sandbox">{t('find-slot')}</a>
              </li>
            </ul>
          </Card>
        </div>
      </div>
    </>
  );
};

const Environments = (): ReactNode => {
  const { t } = useText('sandbox');
  return (
    <PagedList
      queryKey={['environments', 'mine']}
      read={(cursor) =>
        expecting(200, sandbox.environments({ query: { mine: 'true', limit: 10, ...(cursor === undefined ? {} : { cursor }) } }))
      }
      keyOf={({ environmentId }) => environmentId}
      expected={2}
      empty={t('no-environments')}
    >
      {({ environmentId, title, areas, kinds, place, status }) => (
        <li>
          <div className="line-head">
            <a href={`#/environments/${environmentId}`}>{title}</a>
            <span className={`badge ${status === 'open' ? 'live' : 'ended'}`}>{t(`environment-${status}`)}</span>
          </div>
          <p className="quiet">
            {place.city} · <KindsText areas={areas} kinds={kinds} />
          </p>
        </li>
      )}
    </PagedList>
  );
};
