import type { SlotView, WaitlistEntryView } from '@umuhuza/contracts/sandbox/schemas';
import type { ReactNode } from 'react';
import { expecting } from '../../api/answers.ts';
import { sandbox } from '../../api/platform.ts';
import { Failure } from '../../parts/Failure.tsx';
import { BothClocks } from '../../parts/Times.tsx';
import { useText } from '../../texts/useText.ts';
import { goTo, useAct, useReadAnew, useTimeRead } from './acting.ts';
import { Countdown } from './Countdown.tsx';

/** What a guest has in a slot, and what it can do there next. */
export const SlotActions = ({ slot }: { readonly slot: SlotView }): ReactNode => {
  const { t } = useText('sandbox');
  const { slotId, status, mine } = slot;
  const waits = mine.waitlist;
  if (mine.bookingId)
    return (
      <p className="note good">
        {t('you-booked')} <a href={`#/bookings/${mine.bookingId}`}>{t('your-booking')}</a>
      </p>
    );
  if (status === 'past' || status === 'closed')
    return (
      <p className="quiet">
        <a href="#/sandbox">{t('other-slots')}</a>
      </p>
    );
  if (waits?.status === 'offered') return <Offer entry={waits} startsAt={slot.startsAt} />;
  if (waits?.status === 'waiting') return <Waiting entry={waits} />;
  return (
    <>
      {waits && <p className="note">{t(waits.status === 'expired' ? 'offer-was-missed' : 'offer-was-declined')}</p>}
      {mine.hold ? (
        <Held slotId={slotId} until={mine.hold.until} />
      ) : status === 'open' ? (
        <Hold slotId={slotId} />
      ) : slot.outsideHours ? (
        <p className="note">
          {t('outside-hours')} <a href="#/sandbox">{t('other-slots')}</a>
        </p>
      ) : (
        <section className="card">
          <p>{t('full-detail')}</p>
          <a className="button main" href={`#/slots/${slotId}/book`}>
            {t('join-waitlist')}
          </a>
        </section>
      )}
    </>
  );
};

const Hold = ({ slotId }: { readonly slotId: string }): ReactNode => {
  const { t } = useText('sandbox');
  const holding = useAct(
    (_: { readonly hold: string }, headers) => expecting(201, sandbox.holdPlace({ params: { id: slotId }, headers, body: {} })),
    () => goTo(`/slots/${slotId}/book`),
  );
  return (
    <section className="card">
      <p>{t('hold-detail')}</p>
      <button type="button" className="main" disabled={holding.isPending} onClick={() => holding.mutate({ hold: slotId })}>
        {t('hold-and-book')}
      </button>
      {holding.isError && <Failure error={holding.error} />}
    </section>
  );
};

const Held = ({ slotId, until }: { readonly slotId: string; readonly until: string }): ReactNode => {
  const { t } = useText('sandbox');
  const readAnew = useReadAnew();
  const releasing = useRelease(slotId);
  return (
    <section className="card">
      <p>
        {t('place-is-held')} <Countdown until={until} onOver={() => void readAnew()} />
      </p>
      <a className="button main" href={`#/slots/${slotId}/book`}>
        {t('go-on-booking')}
      </a>
      <button
        type="button"
        className="plain"
        disabled={releasing.isPending}
        onClick={() => releasing.mutate({ release: slotId })}
      >
        {t('give-place-back')}
      </button>
      {releasing.isError && <Failure error={releasing.error} />}
    </section>
  );
};

export const useRelease = (slotId: string, then?: () => void) =>
  useAct(
    (_: { readonly release: string }, headers) =>
      expecting(200, sandbox.releaseHold({ params: { id: slotId }, headers, body: {} })),
    then,
  );

const Waiting = ({ entry }: { readonly entry: WaitlistEntryView }): ReactNode => {
  const { t } = useText('sandbox');
  const leaving = useLeave();
  return (
    <section className="card">
      <p>
        <strong>{t('place-in-queue', { position: entry.position ?? 1 })}</strong> {t('waiting-detail')}
      </p>
      <button type="button" disabled={leaving.isPending} onClick={() => leaving.mutate(entry.entryId)}>
        {t('leave-waitlist')}
      </button>
      {leaving.isError && <Failure error={leaving.error} />}
    </section>
  );
};

const Offer = ({ entry, startsAt }: { readonly entry: WaitlistEntryView; readonly startsAt: string }): ReactNode => {
  const { t } = useText('sandbox');
  const readAnew = useReadAnew();
  const { timeRead, onError } = useTimeRead(startsAt);
  const { entryId } = entry;
  const accepting = useAct(
    (body: { readonly startsAt: string }, headers) => expecting(200, sandbox.acceptOffer({ params: { entryId }, headers, body })),
    ({ bookingId }) => goTo(`/bookings/${bookingId}`),
  );
  const leaving = useLeave();
  const isBusy = accepting.isPending || leaving.isPending;
  return (
    <section className="card offer">
      <p>
        <strong>{t('offer-detail')}</strong>
      </p>
      {entry.until && (
        <p>
          {t('offer-until')} <BothClocks instant={entry.until} />
          <br />
          {t('time-left')} <Countdown until={entry.until} onOver={() => void readAnew()} />
        </p>
      )}
      <button
        type="button"
        className="main"
        disabled={isBusy}
        onClick={() => accepting.mutate({ startsAt: timeRead }, { onError })}
      >
        {t('accept-offer')}
      </button>
      <button type="button" disabled={isBusy} onClick={() => leaving.mutate(entryId)}>
        {t('let-pass')}
      </button>
      {accepting.isError && <Failure error={accepting.error} />}
      {leaving.isError && <Failure error={leaving.error} />}
    </section>
  );
};

/** Lets an offer pass, or leaves the queue. */
const useLeave = () =>
  useAct((entryId: string, headers) => expecting(200, sandbox.declineOffer({ params: { entryId }, headers, body: {} })));
