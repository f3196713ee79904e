import { useQuery } from '@tanstack/react-query';
import type { Membership } from '@umuhuza/contracts/identity/schemas';
import { type ReactNode, useState } from 'react';
import { expecting } from '../../api/answers.ts';
import { sandbox } from '../../api/platform.ts';
import { Select } from '../../forms/Choice.tsx';
import { Card } from '../../parts/Card.tsx';
import { PagedList } from '../../parts/PagedList.tsx';
import { BothClocks, Period } from '../../parts/Times.tsx';
import { useTitle } from '../../parts/useTitle.ts';
import { useText } from '../../texts/useText.ts';
import { BookingLine } from '../BookingLine.tsx';
import { GuestRecord } from '../hosting/GuestRecord.tsx';

const statuses = ['', 'requested', 'confirmed', 'completed', 'cancelled', 'declined', 'no-show'] as const;
type Chosen = (typeof statuses)[number];

/** All bookings of the company, as guest and as host. */
export const BookingsPage = ({ company }: { readonly company: Membership }): ReactNode => {
  const { t } = useText('sandbox');
  useTitle(t('bookings'));
  const [status, setStatus] = useState<Chosen>('');
  return (
    <div className="narrow">
      <h1>{t('bookings')}</h1>
      <p className="quiet lead">
        <a href="#/sandbox">{t('find-slot')}</a> · <a href="#/sandbox/calendar">{t('subscribe-calendar')}</a>
      </p>
      <GuestRecord guest={company.organisationId} isOwn />
      <Waiting />
      <Card title={t('all-bookings')}>
        <Select
          name="status"
          label={t('status')}
          options={statuses.map((value) => ({ value, label: value === '' ? t('any-status') : t(`status-${value}`) }))}
          value={status}
          isOptional
          onChange={setStatus}
        />
        <PagedList
          queryKey={['bookings', 'all', status]}
          read={(cursor) =>
            expecting(
              200,
              sandbox.bookings({
                query: { limit: 20, ...(status === '' ? {} : { status }), ...(cursor === undefined ? {} : { cursor }) },
              }),
            )
          }
          keyOf={({ bookingId }) => bookingId}
          expected={4}
          empty={t(status === '' ? 'no-bookings-yet' : 'no-bookings-such')}
        >
          {(booking) => <BookingLine booking={booking} company={company} />}
        </PagedList>
      </Card>
    </div>
  );
};

/** Where the company waits for a place, or has one on offer; nothing where it does not. */
const Waiting = (): ReactNode => {
  const { t } = useText('sandbox');
  const { data } = useQuery({
    queryKey: ['slots', 'waiting'],
    queryFn: () => expecting(200, sandbox.slots({ query: { waiting: 'true', limit: 50 } })),
  });
  if (!data || data.items.length === 0) return null;
  return (
    <Card title={t('you-wait')}>
      <ul className="list">
        {data.items.map(({ slotId, title, startsAt, endsAt, mine: { waitlist } }) => (
          <li key={slotId}>
            <div className="line-head">
              <a href={`#/slots/${slotId}`}>{title}</a>
              <span className={`badge ${waitlist?.status === 'offered' ? 'live' : 'waiting'}`}>
                {waitlist?.status === 'offered'
                  ? t('place-offered')
                  : t('number-in-queue', { position: waitlist?.position ?? 1 })}
              </span>
            </div>
            <p className="quiet">
              <Period startsAt={startsAt} endsAt={endsAt} />
            </p>
            {waitlist?.until && (
              <p>
                {t('offer-until')} <BothClocks instant={waitlist.until} />
              </p>
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
};
