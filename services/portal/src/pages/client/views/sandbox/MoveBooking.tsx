import type { Membership } from '@umuhuza/contracts/identity/schemas';
import type { BookingView, SlotView } from '@umuhuza/contracts/sandbox/schemas';
import { type ReactNode, useState } from 'react';
import { expecting, Refused } from '../../api/answers.ts';
import { sandbox } from '../../api/platform.ts';
import { Radios } from '../../forms/Choice.tsx';
import { Form } from '../../forms/Form.tsx';
import { Failure } from '../../parts/Failure.tsx';
import { Loading } from '../../parts/Loading.tsx';
import { Period } from '../../parts/Times.tsx';
import { useText } from '../../texts/useText.ts';
import { Detail, Fact } from '../Detail.tsx';
import { goTo, useAct, useReadAnew } from './acting.ts';
import { isLateNow } from './BookingActions.tsx';
import { readBooking } from './BookingPage.tsx';
import { FromDay, useOtherSlots } from './OtherSlots.tsx';
import { ReasonField } from './ReasonField.tsx';
import { AcceptTerms } from './Terms.tsx';
import { PriceText, periodText, priceText } from './Words.tsx';

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
            <Fact name={t('price')}>
              <PriceText price={booking.price} />
            </Fact>
          </dl>
          <OtherSlots booking={booking} isHost={booking.host.organisationId === company.organisationId} />
        </>
      )}
    </Detail>
  );
};

type Where = { readonly to: string; readonly startsAt: string; readonly reason?: string; readonly acceptedTerms?: string };
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
  // With the time at which it was chosen: another one is booked only after it was told of.
  const [to, setTo] = useState<{ readonly slotId: string; readonly startsAt: string }>();
  const [reason, setReason] = useState('');
  const [isAccepted, setAccepted] = useState(false);
  const moving = useAct(
    (body: Where, headers) => expecting(200, sandbox.reschedule({ params: { id: bookingId }, headers, body })),
    () => goTo(`/bookings/${bookingId}`),
  );
  const readAnew = useReadAnew();
  // Another day may no longer show the slot that was chosen.
  const chosen = slots.find(({ slotId }) => slotId === to?.slotId);
  const terms = chosen?.termsOfUse;
  const mustAccept = !isHost && terms && terms.hash !== termsAccepted?.hash ? terms : undefined;
  const send = () => {
    if (!chosen || !to) return;
    const body = {
      to: to.slotId,
      startsAt: to.startsAt,
      ...(reason.trim() === '' ? {} : { reason }),
      ...(mustAccept && isAccepted ? { acceptedTerms: mustAccept.hash } : {}),
    };
    moving.mutate(body, {
      onError: (error) => {
        if (error instanceof Refused && error.refusal === 'slot-moved') setTo(undefined);
        void readAnew();
      },
    });
  };
  return (
    <Form sending={moving} onSubmit={send} action={t('move-booking')}>
      {!isHost && isLateNow(booking) && <p className="note">{t('move-is-late')}</p>}
      <Radios
        name="to"
        label={t('new-time')}
        options={slots.map(({ slotId, startsAt, endsAt, free, capacity, price }) => ({
          value: slotId,
          label: periodText(startsAt, endsAt, language),
          detail: `${t('free-of', { free, capacity })} · ${t('price')}: ${priceText(price, t, language)}`,
        }))}
        value={chosen?.slotId}
        error={moving.error}
        onChange={(slotId) => setTo(slots.find((slot) => slot.slotId === slotId))}
      />
      {chosen && <Chosen slot={chosen} booking={booking} isHost={isHost} />}
      <ReasonField isOptional={!isHost} value={reason} error={moving.error} onChange={setReason} />
      {mustAccept && <AcceptTerms terms={mustAccept} isAccepted={isAccepted} onChange={setAccepted} />}
    </Form>
  );
};

/** What the booking is held to there: its guest takes that slot as it is, while a host that moves it changes nothing of what was agreed. */
const Chosen = ({ slot: { slotId, seatsPerPlace }, booking, isHost }: MoveProps & { readonly slot: SlotView }): ReactNode => {
  const { t } = useText('sandbox');
  return (
    <>
      {!isHost && seatsPerPlace < booking.testers.length && <p className="note">{t('move-lacks-seats')}</p>}
      <p className="hint">
        {t(isHost ? 'move-keeps-agreed' : 'move-takes-as-is')} <a href={`#/slots/${slotId}`}>{t('to-slot')}</a>
      </p>
    </>
  );
};
