import type { BookingView } from '@umuhuza/contracts/sandbox/schemas';
import { type ReactNode, useState } from 'react';
import { expecting } from '../../api/answers.ts';
import { sandbox } from '../../api/platform.ts';
import { platformNow } from '../../api/serverClock.ts';
import { Form } from '../../forms/Form.tsx';
import { Card } from '../../parts/Card.tsx';
import { Failure } from '../../parts/Failure.tsx';
import { useText } from '../../texts/useText.ts';
import { useAct } from '../sandbox/acting.ts';
import { ReasonField } from '../sandbox/ReasonField.tsx';
import { GuestRecord } from './GuestRecord.tsx';
import { InConflict } from './InConflict.tsx';

/** What a host answers to a booking, and what it says of it once the test has begun. */
export const HostAnswers = ({ booking }: { readonly booking: BookingView }): ReactNode => {
  const { t } = useText('sandbox');
  const { status, startsAt, guest } = booking;
  const hasBegun = Date.parse(startsAt) <= platformNow();
  if (status === 'requested')
    return (
      <Card title={t('your-answer')}>
        {booking.inConflict && <InConflict conflict={booking.inConflict} />}
        <GuestRecord guest={guest.organisationId} />
        <Confirm id={booking.bookingId} />
        <details className="weighty">
          <summary>{t('decline-booking')}</summary>
          <Decline id={booking.bookingId} />
        </details>
      </Card>
    );
  if (status === 'no-show')
    return (
      <Card title={t('after-test')}>
        <p>{t('came-after-all')}</p>
        <a className="button" href={`#/bookings/${booking.bookingId}/write-report`}>
          {t('write-report')}
        </a>
      </Card>
    );
  if (status !== 'confirmed') return null;
  return (
    <Card title={t('after-test')}>
      {hasBegun ? (
        <>
          <a className="button main" href={`#/bookings/${booking.bookingId}/write-report`}>
            {t('write-report')}
          </a>
          <details className="weighty">
            <summary>{t('guest-did-not-come')}</summary>
            <NoShow id={booking.bookingId} />
          </details>
        </>
      ) : (
        <>
          <p className="quiet">{t('after-test-detail')}</p>
          <GuestRecord guest={guest.organisationId} />
        </>
      )}
    </Card>
  );
};

const Confirm = ({ id }: { readonly id: string }): ReactNode => {
  const { t } = useText('sandbox');
  const confirming = useAct((bookingId: string, headers) =>
    expecting(200, sandbox.confirm({ params: { id: bookingId }, headers, body: {} })),
  );
  return (
    <>
      <button type="button" className="main" disabled={confirming.isPending} onClick={() => confirming.mutate(id)}>
        {t('confirm-booking')}
      </button>
      {confirming.isError && <Failure error={confirming.error} />}
    </>
  );
};

const Decline = ({ id }: { readonly id: string }): ReactNode => {
  const { t } = useText('sandbox');
  const [reason, setReason] = useState('');
  const declining = useAct((body: { readonly reason: string }, headers) =>
    expecting(200, sandbox.decline({ params: { id }, headers, body })),
  );
  return (
    <Form sending={declining} onSubmit={() => declining.mutate({ reason })} action={t('decline-booking')} isDangerous>
      <ReasonField value={reason} error={declining.error} onChange={setReason} />
    </Form>
  );
};

const NoShow = ({ id }: { readonly id: string }): ReactNode => {
  const { t } = useText('sandbox');
  const marking = useAct((bookingId: string, headers) =>
    expecting(200, sandbox.noShow({ params: { id: bookingId }, headers, body: {} })),
  );
  return (
    <Form sending={marking} onSubmit={() => marking.mutate(id)} action={t('mark-no-show')} isDangerous>
      <p>{t('no-show-detail')}</p>
    </Form>
  );
};
