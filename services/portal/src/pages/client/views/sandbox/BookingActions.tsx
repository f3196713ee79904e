import { useMutation } from '@tanstack/react-query';
import type { BookingView } from '@umuhuza/contracts/sandbox/schemas';
import { type ReactNode, useState } from 'react';
import { expecting } from '../../api/answers.ts';
import { giveToSave } from '../../api/files.ts';
import { sandbox } from '../../api/platform.ts';
import { platformNow } from '../../api/serverClock.ts';
import { Form } from '../../forms/Form.tsx';
import { Card } from '../../parts/Card.tsx';
import { Failure } from '../../parts/Failure.tsx';
import { useText } from '../../texts/useText.ts';
import { useAct } from './acting.ts';
import { ReasonField } from './ReasonField.tsx';

/** What either firm can do with a booking that is to come. */
export const BookingActions = ({ booking, isHost }: { readonly booking: BookingView; readonly isHost: boolean }): ReactNode => {
  const { t } = useText('sandbox');
  const { bookingId, status, startsAt } = booking;
  const isOpen = (status === 'requested' || status === 'confirmed') && Date.parse(startsAt) > platformNow();
  return (
    <Card title={t('what-you-can-do')}>
      <CalendarFile id={bookingId} />
      <p className="hint">
        <a href="#/sandbox/calendar">{t('subscribe-calendar')}</a>
      </p>
      {isOpen && (
        <>
          <p>
            <a href={`#/bookings/${bookingId}/move`}>{t('move-booking')}</a>
          </p>
          <details className="weighty">
            <summary>{t('cancel-booking')}</summary>
            <Cancel booking={booking} isHost={isHost} />
          </details>
        </>
      )}
    </Card>
  );
};

/** Whether a guest who gives this up now does it later than the host asks for. */
export const isLateNow = ({ status, cancelFreelyUntil }: BookingView): boolean =>
  status === 'confirmed' && platformNow() > Date.parse(cancelFreelyUntil);

const Cancel = ({ booking, isHost }: { readonly booking: BookingView; readonly isHost: boolean }): ReactNode => {
  const { t } = useText('sandbox');
  const [reason, setReason] = useState('');
  const cancelling = useAct((body: { readonly reason?: string }, headers) =>
    expecting(200, sandbox.cancel({ params: { id: booking.bookingId }, headers, body })),
  );
  return (
    <Form
      sending={cancelling}
      onSubmit={() => cancelling.mutate(reason.trim() === '' ? {} : { reason })}
      action={t('cancel-booking')}
      isDangerous
    >
      {!isHost && (
        <p className={isLateNow(booking) ? 'note' : 'quiet'}>{t(isLateNow(booking) ? 'cancel-is-late' : 'cancel-is-free')}</p>
      )}
      <ReasonField isOptional={!isHost} value={reason} error={cancelling.error} onChange={setReason} />
    </Form>
  );
};

/** Fetched with the token, so a plain link would not do. */
const CalendarFile = ({ id }: { readonly id: string }): ReactNode => {
  const { t, language } = useText('sandbox');
  const saving = useMutation({
    mutationFn: async () => {
      const file = await expecting(200, sandbox.calendar({ params: { id }, query: { language } }));
      giveToSave(new Blob([file], { type: 'text/calendar' }), `booking-${id}.ics`);
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
