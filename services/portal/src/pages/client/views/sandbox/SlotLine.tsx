import type { SlotView } from '@umuhuza/contracts/sandbox/schemas';
import type { ReactNode } from 'react';
import { Period } from '../../parts/Times.tsx';
import { useText } from '../../texts/useText.ts';
import { KindsText, nameOf, PriceText } from './Words.tsx';

/** A slot among others, for somebody who looks for one. */
export const SlotLine = ({ slot }: { readonly slot: SlotView }): ReactNode => {
  const { t } = useText('sandbox');
  const { slotId, title, host, place, startsAt, endsAt, areas, kinds, price, mine } = slot;
  return (
    <li>
      <div className="line-head">
        <a href={`#/slots/${slotId}`}>{title}</a>
        <SlotBadge slot={slot} />
      </div>
      <p>
        <Period startsAt={startsAt} endsAt={endsAt} />
      </p>
      <p className="quiet">
        {nameOf(host)}, {place.city} · <PriceText price={price} />
      </p>
      <p className="quiet">
        <KindsText areas={areas} kinds={kinds} />
      </p>
      {mine.bookingId && <p className="award">{t('you-booked')}</p>}
    </li>
  );
};

/** How it stands with a slot’s places. */
export const SlotBadge = ({ slot: { status, free, capacity } }: { readonly slot: SlotView }): ReactNode => {
  const { t } = useText('sandbox');
  const tone = { open: 'live', full: 'waiting', past: 'ended', closed: 'ended' } as const;
  return (
    <span className={`badge ${tone[status]}`}>
      {status === 'open' ? t('free-of-short', { free, capacity }) : t(`slot-${status}`)}
    </span>
  );
};
