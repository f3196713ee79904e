import type { Membership } from '@umuhuza/contracts/identity/schemas';
import type { ReactNode } from 'react';
import { expecting } from '../api/answers.ts';
import { sandbox } from '../api/platform.ts';
import { Badge } from '../parts/Badge.tsx';
import { Card } from '../parts/Card.tsx';
import { ToInterface } from '../parts/Linked.tsx';
import { PagedList } from '../parts/PagedList.tsx';
import { Period } from '../parts/Times.tsx';
import { useText } from '../texts/useText.ts';

export const Bookings = ({ company }: { readonly company: Membership }): ReactNode => {
  const { t } = useText();
  return (
    <Card title={t('bookings')}>
      <PagedList
        queryKey={['bookings']}
        read={(cursor) => expecting(200, sandbox.bookings({ query: { limit: 5, ...(cursor === undefined ? {} : { cursor }) } }))}
        keyOf={({ bookingId }) => bookingId}
        expected={2}
        empty={<ToInterface text="no-bookings" />}
      >
        {({ bookingId, title, status, startsAt, endsAt, host, guest }) => (
          <li>
            <div className="line-head">
              <a href={`#/bookings/${bookingId}`}>{title}</a>
              <Badge status={status} />
            </div>
            <p>
              {host.organisationId === company.organisationId
                ? t('as-host', { name: guest.name ?? guest.organisationId })
                : t('as-guest', { name: host.name ?? host.organisationId })}
            </p>
            <p className="quiet">
              <Period startsAt={startsAt} endsAt={endsAt} />
            </p>
          </li>
        )}
      </PagedList>
    </Card>
  );
};
