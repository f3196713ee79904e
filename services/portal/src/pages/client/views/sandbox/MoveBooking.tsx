import type { Membership } from '@umuhuza/contracts/identity/schemas';
import type { BookingView, SlotView } from '@umuhuza/contracts/sandbox/schemas';
import { type ReactNode, useState } from 'react';
import { expecting } from '../../api/answers.ts';
import { sandbox } from '../../api/platform.ts';
import { Radios } from '../../forms/Choice.tsx';
import { Form } from '../../forms/Form.tsx';
import { Failure } from '../../parts/Failure.tsx';
import { Loading } from '../../parts/Loading.tsx';
import { Period } from '../../parts/Times.tsx';
import { useText } from '../../texts/useText.ts';
import { Detail, Fact } from '../Detail.tsx';
import { goTo, useAct } from './acting.ts';
import { isLateNow } from './BookingActions.tsx';
import { readBooking } from './BookingPage.tsx';
import { FromDay, useOtherSlots } from './OtherSlots.tsx';
import { ReasonField } from './ReasonField.tsx';
import { AcceptTerms } from './Terms.tsx';
import { periodText } from './Words.tsx';

/** Gives a booking another slot of its environment; the new place is taken before the old one is given up. */
export const MoveBooking = ({ id, company }: { readonly id: string; readonly company: Membership }): ReactNode => {
  const { t } = useText('sandbox');
  return (
    <Detail queryKey={['bookings', 'one', id]} read={readBooking(id)} titleOf={() => t('move-booking')} kind={t('booking')}>
      {(booking) => (
        <>
          <dl className="facts">
            <Fact name={booking.title}>
              <Period startsAt={booking.startsAt} endsAt={booking.endsAt} />
            </Fact>
          </dl>
          <OtherSlots booking={booking} isHost={booking.host.organisationId === company.organisationId} />
        </>
      )}
    </Detail>
  );
};

type MoveProps = { readonly booking: BookingView; readonly isHost: boolean };

const OtherSlots = ({ booking, isHost }: MoveProps): ReactNode => {
  const { t } = useText('sandbox');
  const others = useOtherSlots({ of: booking, city: isHost ? 'Kigali' : 'Berlin' });
  const { data, error, isPending, refetch, slots, day } = others;
  if (isPending) return <Loading items={3} />;
  if (!data) return <Failure error={error} onRetry={() => void refetch()} />;
  return slots.length === 0 && day === '' ? (
    <p>{t('nowhere-to-move')}</p>
  ) : (
    <section className="card">
      <FromDay {...others} />
      {slots.length === 0 ? <p>{t('nowhere-to-move')}</p> : <MoveForm booking={booking} isHost={isHost} slots={slots} />}
    </section>
  );
};

const MoveForm = ({ booking, isHost, slots }: MoveProps & { readonly slots: readonly SlotView[] }): ReactNode => {
  const { t, language } = useText('sandbox');
  const { bookingId, termsAccepted } = booking;
  const [to, setTo] = useState<string>();
  const [reason, setReason] = useState('');
  const [isAccepted, setAccepted] = useState(false);
  const moving = useAct(
    (body: { readonly to: string; readonly reason?: string; readonly acceptedTerms?: string }, headers) =>
      expecting(200, sandbox.reschedule({ params: { id: bookingId }, headers, body })),
    () => goTo(`/bookings/${bookingId}`),
  );
  // Another day may no longer show the slot that was chosen.
  const chosen = slots.find(({ slotId }) => slotId === to);
  const terms = chosen?.termsOfUse;
  const mustAccept = !isHost && terms && terms.hash !== termsAccepted?.hash ? terms : undefined;
  const send = () => {
    if (!chosen) return;
    moving.mutate({
      to: chosen.slotId,
      ...(reason.trim() === '' ? {} : { reason }),
      ...(mustAccept && isAccepted ? { acceptedTerms: mustAccept.hash } : {}),
    });
  };
  return (
    <Form sending={moving} onSubmit={send} action={t('move-booking')}>
      {!isHost && isLateNow(booking) && <p className="note">{t('move-is-late')}</p>}
      <Radios
        name="to"
        label={t('new-time')}
        options={slots.map(({ slotId, startsAt, endsAt, free, capacity }) => ({
          value: slotId,
          label: periodText(startsAt, endsAt, language),
          detail: t('free-of', { free, capacity }),
        }))}
        value={to}
        error={moving.error}
        onChange={setTo}
      />
      <ReasonField isOptional={!isHost} value={reason} error={moving.error} onChange={setReason} />
      {mustAccept && <AcceptTerms terms={mustAccept} isAccepted={isAccepted} onChange={setAccepted} />}
    </Form>
  );
};
