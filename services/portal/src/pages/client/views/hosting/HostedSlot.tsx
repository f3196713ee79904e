import { useQuery } from '@tanstack/react-query';
import type { Membership } from '@umuhuza/contracts/identity/schemas';
import type { SlotView } from '@umuhuza/contracts/sandbox/schemas';
import { type ReactNode, useState } from 'react';
import { expecting } from '../../api/answers.ts';
import { sandbox } from '../../api/platform.ts';
import { Form } from '../../forms/Form.tsx';
import { NumberField } from '../../forms/NumberField.tsx';
import { Card } from '../../parts/Card.tsx';
import { Failure } from '../../parts/Failure.tsx';
import { Loading } from '../../parts/Loading.tsx';
import { bookingsOfSlot } from '../../sandbox/bookingsOfSlot.ts';
import { useText } from '../../texts/useText.ts';
import { BookingLine } from '../BookingLine.tsx';
import { useAct } from '../sandbox/acting.ts';
import { ChangeTime } from './ChangeTime.tsx';
import { CloseSlot } from './CloseSlot.tsx';

/** A slot as its host sees it: who comes, and what can be changed. */
export const HostedSlot = ({ slot, company }: { readonly slot: SlotView; readonly company: Membership }): ReactNode => {
  const { t } = useText('sandbox');
  const { slotId, environmentId, status } = slot;
  const bookings = useQuery({
    queryKey: ['bookings', 'of-slot', slotId],
    queryFn: () => bookingsOfSlot(slotId, (query) => expecting(200, sandbox.bookings({ query }))),
  });
  if (bookings.isPending) return <Loading items={3} />;
  if (!bookings.data) return <Failure error={bookings.error} onRetry={() => void bookings.refetch()} />;
  const { toCome, others, isCut } = bookings.data;
  const items = [...toCome, ...others];
  const live = toCome.length;
  return (
    <>
      {slot.outsideHours && <p className="note">{t('hosted-outside-hours')}</p>}
      <Card title={t('bookings')} aside={<a href={`#/environments/${environmentId}`}>{t('to-environment')}</a>}>
        {items.length === 0 ? (
          <p className="quiet">{t('nobody-booked')}</p>
        ) : (
          <ul className="list">
            {items.map((booking) => (
              <BookingLine key={booking.bookingId} booking={booking} company={company} />
            ))}
          </ul>
        )}
        {isCut && (
          <p className="hint">
            {t('ended-are-cut')} <a href="#/bookings">{t('all-bookings')}</a>
          </p>
        )}
      </Card>
      {(status === 'open' || status === 'full') && (
        <Card title={t('change-slot')}>
          <details>
            <summary>{t('change-capacity')}</summary>
            <Capacity slot={slot} />
          </details>
          <details>
            <summary>{t('change-time')}</summary>
            <ChangeTime slot={slot} bookings={live} />
          </details>
          <details className="weighty">
            <summary>{t('close-slot')}</summary>
            <CloseSlot slot={slot} bookings={live} />
          </details>
        </Card>
      )}
    </>
  );
};

const Capacity = ({ slot: { slotId, capacity } }: { readonly slot: SlotView }): ReactNode => {
  const { t } = useText('sandbox');
  const [places, setPlaces] = useState<number | undefined>(capacity);
  const changing = useAct((body: { readonly capacity: number }) =>
    expecting(200, sandbox.changeCapacity({ params: { id: slotId }, headers: {}, body })),
  );
  return (
    <Form
      sending={changing}
      onSubmit={() => places !== undefined && changing.mutate({ capacity: places })}
      action={t('change-capacity')}
    >
      <NumberField
        name="capacity"
        label={t('places')}
        hint={t('capacity-hint')}
        min={1}
        max={50}
        value={places}
        error={changing.error}
        onChange={setPlaces}
      />
    </Form>
  );
};
