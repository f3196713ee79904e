import type { Membership } from '@umuhuza/contracts/identity/schemas';
import type { BookingView } from '@umuhuza/contracts/sandbox/schemas';
import type { ReactNode } from 'react';
import { Badge } from '../parts/Badge.tsx';
import { Period } from '../parts/Times.tsx';
import { useText } from '../texts/useText.ts';

/** A booking among others, as guest or as host. */
export const BookingLine = ({ booking, company }: { readonly booking: BookingView; readonly company: Membership }): ReactNode => {
  const { t } = useText();
  const { bookingId, title, status, startsAt, endsAt, host, guest } = booking;
  return (
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
  );
};
