import type { Membership } from '@umuhuza/contracts/identity/schemas';
import type { BookingView } from '@umuhuza/contracts/sandbox/schemas';
import type { ReactNode } from 'react';
import { expecting } from '../../api/answers.ts';
import { sandbox } from '../../api/platform.ts';
import { Badge } from '../../parts/Badge.tsx';
import { Card } from '../../parts/Card.tsx';
import { BothClocks, Period } from '../../parts/Times.tsx';
import { useText } from '../../texts/useText.ts';
import { Detail, Fact } from '../Detail.tsx';
import { HostAnswers } from '../hosting/HostAnswers.tsx';
import { AgreedCard } from './AgreedCard.tsx';
import { BookingActions } from './BookingActions.tsx';
import { Testers } from './Testers.tsx';
import { nameOf, PriceText } from './Words.tsx';

export const readBooking = (id: string) => () => expecting(200, sandbox.booking({ params: { id } }));

export const BookingPage = ({ id, company }: { readonly id: string; readonly company: Membership }): ReactNode => {
  const { t } = useText('sandbox');
  return (
    <Detail
      queryKey={['bookings', 'one', id]}
      read={readBooking(id)}
      titleOf={({ title }) => title}
      kind={t('booking')}
      badgeOf={({ status }) => <Badge status={status} />}
    >
      {(booking) => {
        const isHost = booking.host.organisationId === company.organisationId;
        return (
          <>
            <Ended booking={booking} />
            {booking.status === 'requested' && !isHost && <p className="note">{t('waits-for-host')}</p>}
            {booking.status === 'completed' && (
              <p className="note good">
                {t(isHost ? 'report-written' : 'report-is-there')} <a href={`#/bookings/${id}/report`}>{t('to-report')}</a>
              </p>
            )}
            <Facts booking={booking} isHost={isHost} />
            {isHost && <HostAnswers booking={booking} />}
            <Product booking={booking} />
            <AgreedCard booking={booking} />
            <Testers booking={booking} isGuest={!isHost} />
            <BookingActions booking={booking} isHost={isHost} />
          </>
        );
      }}
    </Detail>
  );
};

const Ended = ({ booking: { ended, status } }: { readonly booking: BookingView }): ReactNode => {
  const { t } = useText('sandbox');
  if (!ended) return status === 'no-show' ? <p className="note">{t('did-not-show')}</p> : null;
  return (
    <p className="note">
      {t(`ended-${status === 'declined' ? 'declined' : 'cancelled'}-by-${ended.by}`)} {ended.late && t('was-late')}
      {ended.reason && ended.by !== 'platform' && (
        <>
          <br />
          <strong>{t('ended-because')}:</strong> {ended.reason}
        </>
      )}
    </p>
  );
};

const Facts = ({ booking, isHost }: { readonly booking: BookingView; readonly isHost: boolean }): ReactNode => {
  const { t } = useText('sandbox');
  const { slotId, host, guest, place, price, status, startsAt, endsAt, movedFrom, cancelFreelyUntil } = booking;
  const isOpen = status === 'requested' || status === 'confirmed';
  return (
    <dl className="facts">
      <Fact name={t('when')}>
        <Period startsAt={startsAt} endsAt={endsAt} />
      </Fact>
      <Fact name={t(isHost ? 'guest' : 'host')}>
        {isHost ? nameOf(guest) : <a href={`#/companies/${host.organisationId}`}>{nameOf(host)}</a>}
      </Fact>
      <Fact name={t('place')}>{[place.address, place.city].filter(Boolean).join(', ')}</Fact>
      <Fact name={t('price')}>
        <PriceText price={price} />
      </Fact>
      {movedFrom && (
        <Fact name={t('moved-from')}>
          <Period startsAt={movedFrom.startsAt} endsAt={movedFrom.endsAt} />
        </Fact>
      )}
      {isOpen && (
        <Fact name={t('cancel-freely')}>
          <BothClocks instant={cancelFreelyUntil} />
        </Fact>
      )}
      {isOpen && (
        <Fact name={t('slot')}>
          <a href={`#/slots/${slotId}`}>{t('to-slot')}</a>
        </Fact>
      )}
    </dl>
  );
};

const Product = ({ booking }: { readonly booking: BookingView }): ReactNode => {
  const { t } = useText('sandbox');
  const { product, mayBeNamed } = booking;
  return (
    <Card title={t('product')}>
      <p>
        <strong>{product.name}</strong>
      </p>
      {product.url && (
        <p>
          <a href={product.url} rel="noreferrer" target="_blank">
            {product.url}
          </a>
        </p>
      )}
      {product.goals && (
        <>
          <h3>{t('goals')}</h3>
          <p className="text">{product.goals}</p>
        </>
      )}
      <p className="quiet">{t(mayBeNamed ? 'is-named' : 'is-not-named')}</p>
    </Card>
  );
};
