import { useMutation } from '@tanstack/react-query';
import type { Membership } from '@umuhuza/contracts/identity/schemas';
import type { BookingView, TestReport } from '@umuhuza/contracts/sandbox/schemas';
import type { ReactNode } from 'react';
import { expecting } from '../api/answers.ts';
import { sandbox } from '../api/platform.ts';
import { Badge } from '../parts/Badge.tsx';
import { Card } from '../parts/Card.tsx';
import { Failure } from '../parts/Failure.tsx';
import { BothClocks, Period } from '../parts/Times.tsx';
import { useText } from '../texts/useText.ts';
import { Detail, Fact } from './Detail.tsx';

export const BookingPage = ({ id, company }: { readonly id: string; readonly company: Membership }): ReactNode => {
  const { t } = useText();
  return (
    <Detail
      queryKey={['bookings', 'one', id]}
      read={() => expecting(200, sandbox.booking({ params: { id } }))}
      titleOf={({ title }) => title}
      kind={t('booking')}
      badgeOf={({ status }) => <Badge status={status} />}
    >
      {(booking) => (
        <>
          {booking.ended?.reason && (
            <p className="note">
              <strong>{t('ended-because')}:</strong> {booking.ended.reason}
            </p>
          )}
          <Facts booking={booking} company={company} />
          <Card title={t('product')}>
            <p>
              <strong>{booking.product.name}</strong>
            </p>
            {booking.product.url && (
              <p>
                <a href={booking.product.url} rel="noreferrer">
                  {booking.product.url}
                </a>
              </p>
            )}
            {booking.product.goals && (
              <>
                <h3>{t('goals')}</h3>
                <p className="text">{booking.product.goals}</p>
              </>
            )}
          </Card>
          {booking.report && <Report report={booking.report} />}
          <CalendarFile id={id} />
        </>
      )}
    </Detail>
  );
};

const Facts = ({ booking, company }: { readonly booking: BookingView; readonly company: Membership }): ReactNode => {
  const { t } = useText();
  const { host, guest, place, status, startsAt, endsAt, cancelFreelyUntil } = booking;
  const other = host.organisationId === company.organisationId ? guest : host;
  const isOpen = status === 'requested' || status === 'confirmed';
  return (
    <dl className="facts">
      <Fact name={t('booking')}>{t(other === guest ? 'as-host' : 'as-guest', { name: other.name ?? other.organisationId })}</Fact>
      <Fact name={t('slot')}>
        <Period startsAt={startsAt} endsAt={endsAt} />
      </Fact>
      <Fact name={t('place')}>{[place.address, place.city].filter(Boolean).join(', ')}</Fact>
      {isOpen && (
        <Fact name={t('cancel-freely')}>
          <BothClocks instant={cancelFreelyUntil} />
        </Fact>
      )}
    </dl>
  );
};

const Report = ({ report }: { readonly report: TestReport }): ReactNode => {
  const { t } = useText();
  return (
    <Card title={t('report')}>
      <p className="text">{report.summary}</p>
      {report.findings.length > 0 && (
        <>
          <h3>{t('findings')}</h3>
          <ul className="list">
            {report.findings.map(({ title, detail, severity }) => (
              <li key={`${title} ${detail}`}>
                <strong>{title}</strong> <span className="quiet">{t(`severity-${severity}`)}</span>
                {detail && <p className="text">{detail}</p>}
              </li>
            ))}
          </ul>
        </>
      )}
    </Card>
  );
};

/** Fetched with the token, so a plain link would not do. */
const CalendarFile = ({ id }: { readonly id: string }): ReactNode => {
  const { t } = useText();
  const saving = useMutation({
    mutationFn: async () => {
      const file = await expecting(200, sandbox.calendar({ params: { id } }));
      const address = URL.createObjectURL(new Blob([file], { type: 'text/calendar' }));
      const link = Object.assign(document.createElement('a'), { href: address, download: `booking-${id}.ics` });
      link.click();
      URL.revokeObjectURL(address);
    },
  });
  return (
    <>
      <button type="button" disabled={saving.isPending} onClick={() => saving.mutate()}>
        {t('calendar')}
      </button>
      {saving.isError && <Failure error={saving.error} />}
    </>
  );
};
