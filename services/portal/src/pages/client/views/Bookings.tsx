import type { Membership } from '@umuhuza/contracts/identity/schemas';
import type { ReactNode } from 'react';
import { expecting } from '../api/answers.ts';
import { sandbox } from '../api/platform.ts';
import { Card } from '../parts/Card.tsx';
import { PagedList } from '../parts/PagedList.tsx';
import { useText } from '../texts/useText.ts';
import { BookingLine } from './BookingLine.tsx';

export const Bookings = ({ company }: { readonly company: Membership }): ReactNode => {
  const { t } = useText();
  const isHost = company.country === 'RW';
  return (
    <Card title={t('bookings')} aside={<a href="#/bookings">{t('all-bookings')}</a>}>
      <PagedList
        queryKey={['bookings', 'next']}
        read={(cursor) =>
          expecting(200, sandbox.bookings({ query: { next: 'true', limit: 5, ...(cursor === undefined ? {} : { cursor }) } }))
        }
        keyOf={({ bookingId }) => bookingId}
        expected={2}
        empty={t('no-bookings')}
      >
        {(booking) => <BookingLine booking={booking} company={company} />}
      </PagedList>
      <p>
        <a href={isHost ? '#/hosting' : '#/sandbox'}>{t(isHost ? 'host-tests' : 'find-test-slot')}</a>
      </p>
    </Card>
  );
};
