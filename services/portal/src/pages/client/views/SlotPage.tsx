import type { ReactNode } from 'react';
import { expecting } from '../api/answers.ts';
import { sandbox } from '../api/platform.ts';
import { BothClocks, Period } from '../parts/Times.tsx';
import { useText } from '../texts/useText.ts';
import { Detail, Fact } from './Detail.tsx';

export const SlotPage = ({ id }: { readonly id: string }): ReactNode => {
  const { t } = useText();
  return (
    <Detail
      queryKey={['slots', id]}
      read={() => expecting(200, sandbox.slot({ params: { id } }))}
      titleOf={({ title }) => title}
      kind={t('slot')}
    >
      {({ status, capacity, free, waiting, host, place, startsAt, endsAt, closedBecause, mine }) => (
        <>
          {closedBecause && <p className="note">{closedBecause}</p>}
          {mine.waitlist?.status === 'offered' && mine.waitlist.until && (
            <p className="note">
              {t('place-held-until')} <BothClocks instant={mine.waitlist.until} />
            </p>
          )}
          {mine.waitlist?.position && <p className="note">{t('place-in-queue', { position: mine.waitlist.position })}</p>}
          <dl className="facts">
            <Fact name={t('slot')}>
              <Period startsAt={startsAt} endsAt={endsAt} />
            </Fact>
            <Fact name={t('place')}>
              {[host.name ?? host.organisationId, place.address, place.city].filter(Boolean).join(', ')}
            </Fact>
            <Fact name={t(`slot-${status}`)}>
              {t('free-of', { free, capacity })}
              {waiting > 0 && ` · ${t('waiting', { count: waiting })}`}
            </Fact>
          </dl>
          {mine.bookingId && (
            <p>
              <a href={`#/bookings/${mine.bookingId}`}>{t('your-booking')}</a>
            </p>
          )}
        </>
      )}
    </Detail>
  );
};
