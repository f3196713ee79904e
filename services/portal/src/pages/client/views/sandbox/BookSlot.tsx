import { useQuery } from '@tanstack/react-query';
import type { Membership } from '@umuhuza/contracts/identity/schemas';
import type { SlotView } from '@umuhuza/contracts/sandbox/schemas';
import { type ReactNode, useState } from 'react';
import { expecting } from '../../api/answers.ts';
import { sandbox } from '../../api/platform.ts';
import { Form } from '../../forms/Form.tsx';
import { useDraft } from '../../forms/useDraft.ts';
import { Failure } from '../../parts/Failure.tsx';
import { Loading } from '../../parts/Loading.tsx';
import { Period } from '../../parts/Times.tsx';
import { useText } from '../../texts/useText.ts';
import { Detail, Fact } from '../Detail.tsx';
import { goTo, useAct, useReadAnew, useTimeRead } from './acting.ts';
import { type BookingFields, BookingFormFields, noBooking, toNewBooking } from './BookingFormFields.tsx';
import { Countdown } from './Countdown.tsx';
import { environmentKey, readEnvironment } from './EnvironmentFacts.tsx';
import { useRelease } from './SlotActions.tsx';
import { readSlot } from './SlotPage.tsx';
import { nameOf, PriceText } from './Words.tsx';

type BookSlotProps = { readonly id: string; readonly company: Membership };

/** The one form to book a place, or to wait for one. */
export const BookSlot = ({ id, company }: BookSlotProps): ReactNode => {
  const { t } = useText('sandbox');
  return (
    <Detail
      queryKey={['slots', 'one', id]}
      read={readSlot(id)}
      titleOf={({ title }) => t('book-title', { title })}
      kind={t('booking')}
    >
      {(slot) => <Booking key={slot.slotId} slot={slot} company={company} />}
    </Detail>
  );
};

const Booking = ({ slot, company }: { readonly slot: SlotView; readonly company: Membership }): ReactNode => {
  const { t } = useText('sandbox');
  const { startsAt, endsAt, host, place, price, status, mine } = slot;
  const isTaken = mine.bookingId !== null || mine.waitlist?.status === 'waiting' || mine.waitlist?.status === 'offered';
  const isOver = status === 'past' || status === 'closed' || host.organisationId === company.organisationId;
  const isForOthers = slot.outsideHours === true && !mine.hold;
  return (
    <>
      <dl className="facts">
        <Fact name={t('when')}>
          <Period startsAt={startsAt} endsAt={endsAt} />
        </Fact>
        <Fact name={t('place')}>{[nameOf(host), place.address, place.city].filter(Boolean).join(', ')}</Fact>
        <Fact name={t('price')}>
          <PriceText price={price} />
        </Fact>
      </dl>
      {isTaken || isOver || isForOthers ? (
        <p>
          {t(mine.bookingId === null ? 'nothing-to-book' : 'you-booked')} <a href={`#/slots/${slot.slotId}`}>{t('to-slot')}</a>
        </p>
      ) : (
        <BookingForm slot={slot} />
      )}
    </>
  );
};

const BookingForm = ({ slot }: { readonly slot: SlotView }): ReactNode => {
  const { t } = useText('sandbox');
  const { slotId, environmentId, startsAt, status, mine, termsOfUse } = slot;
  const { values, set, sent } = useDraft<BookingFields>(`book.${slotId}`, noBooking);
  const [isAccepted, setAccepted] = useState(false);
  const { timeRead, onError } = useTimeRead(startsAt);
  const environment = useQuery({ queryKey: environmentKey(environmentId), queryFn: readEnvironment(environmentId) });
  const body = () => toNewBooking(values, isAccepted ? termsOfUse : null, timeRead);

  const booking = useAct(
    (form: ReturnType<typeof body>, headers) => expecting(201, sandbox.book({ params: { id: slotId }, headers, body: form })),
    ({ bookingId }) => {
      sent();
      goTo(`/bookings/${bookingId}`);
    },
  );
  const waiting = useAct(
    (form: ReturnType<typeof body>, headers) =>
      expecting(201, sandbox.joinWaitlist({ params: { id: slotId }, headers, body: form })),
    () => {
      sent();
      goTo(`/slots/${slotId}`);
    },
  );
  // While this form is filled in without a place held the last place may go, and come back: it books or waits as the slot is by now.
  const waits = status === 'full' && !mine.hold;
  const [sending, other] = waits ? [waiting, booking] : [booking, waiting];
  const send = () =>
    sending.mutate(body(), {
      onError: (error) => {
        other.reset();
        onError(error);
      },
    });
  if (environment.isPending) return <Loading items={4} />;
  if (!environment.data) return <Failure error={environment.error} onRetry={() => void environment.refetch()} />;
  return (
    <>
      <HoldNote slot={slot} waits={waits} />
      <section className="card">
        <Form sending={sending} onSubmit={send} action={t(waits ? 'join-waitlist' : 'book')}>
          <BookingFormFields
            values={values}
            set={set}
            environment={environment.data}
            terms={termsOfUse}
            isAccepted={isAccepted}
            onAccept={setAccepted}
            error={sending.error}
          />
          {slot.confirmation === 'by-hand' && <p className="hint">{t('confirmation-by-hand-hint')}</p>}
        </Form>
      </section>
    </>
  );
};

/** Whether a place is held while the form is filled in, and how long still. */
const HoldNote = ({ slot: { slotId, mine }, waits }: { readonly slot: SlotView; readonly waits: boolean }): ReactNode => {
  const { t } = useText('sandbox');
  const readAnew = useReadAnew();
  const releasing = useRelease(slotId, () => goTo(`/slots/${slotId}`));
  const holding = useAct((_: { readonly hold: string }, headers) =>
    expecting(201, sandbox.holdPlace({ params: { id: slotId }, headers, body: {} })),
  );
  if (waits) return <p className="note">{t('waits-note')}</p>;
  return (
    <section className="note hold">
      {mine.hold ? (
        <>
          <p>
            {t('place-is-held')} <Countdown until={mine.hold.until} onOver={() => void readAnew()} />
          </p>
          <button
            type="button"
            className="plain"
            disabled={releasing.isPending}
            onClick={() => releasing.mutate({ release: slotId })}
          >
            {t('give-place-back')}
          </button>
        </>
      ) : (
        <>
          <p>{t('no-place-held')}</p>
          <button type="button" disabled={holding.isPending} onClick={() => holding.mutate({ hold: slotId })}>
            {t('hold-place')}
          </button>
        </>
      )}
      {holding.isError && <Failure error={holding.error} />}
      {releasing.isError && <Failure error={releasing.error} />}
    </section>
  );
};
