import { useInfiniteQuery } from '@tanstack/react-query';
import type { SlotView } from '@umuhuza/contracts/sandbox/schemas';
import { type ReactNode, useState } from 'react';
import { expecting } from '../../api/answers.ts';
import { sandbox } from '../../api/platform.ts';
import { Failure } from '../../parts/Failure.tsx';
import { Loading } from '../../parts/Loading.tsx';
import { Period } from '../../parts/Times.tsx';
import { agendaOf } from '../../sandbox/agenda.ts';
import { useText } from '../../texts/useText.ts';
import { onDay } from '../../times.ts';
import { SlotBadge } from '../sandbox/SlotLine.tsx';

type AgendaProps = { readonly environmentId: string; readonly timeZone: string; readonly isHost: boolean };

/** The slots of an environment from now on, day by day on the host’s calendar. */
export const Agenda = ({ environmentId, timeZone, isHost }: AgendaProps): ReactNode => {
  const { t, language } = useText('sandbox');
  const [from] = useState(() => new Date().toISOString());
  const list = useInfiniteQuery({
    queryKey: ['slots', 'agenda', environmentId],
    queryFn: ({ pageParam }) =>
      expecting(
        200,
        sandbox.slots({ query: { environmentId, from, limit: 25, ...(pageParam === undefined ? {} : { cursor: pageParam }) } }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
  });
  if (list.isPending) return <Loading items={4} />;
  if (!list.data) return <Failure error={list.error} onRetry={() => void list.refetch()} />;
  const days = agendaOf(list.data.pages.flatMap(({ items }) => items));
  if (days.length === 0) return <p className="quiet">{t(isHost ? 'no-slots-yet' : 'no-slots-here')}</p>;
  return (
    <>
      <p className="hint">{t('days-of-zone', { zone: timeZone })}</p>
      <ol className="agenda">
        {days.map(({ day, items }) => (
          <li key={day}>
            <h3>{onDay(day, language)}</h3>
            <ul className="list">
              {items.map((slot) => (
                <AgendaSlot key={slot.slotId} slot={slot} />
              ))}
            </ul>
          </li>
        ))}
      </ol>
      {list.isError && <Failure error={list.error} onRetry={() => void list.refetch()} />}
      {list.hasNextPage && (
        <button type="button" className="plain" disabled={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {list.isFetchingNextPage ? t('loading') : t('more')}
        </button>
      )}
    </>
  );
};

const AgendaSlot = ({ slot }: { readonly slot: SlotView }): ReactNode => {
  const { t } = useText('sandbox');
  const { slotId, startsAt, endsAt, waiting, mine } = slot;
  return (
    <li>
      <div className="line-head">
        <a href={`#/slots/${slotId}`}>
          <Period startsAt={startsAt} endsAt={endsAt} />
        </a>
        <SlotBadge slot={slot} />
      </div>
      {waiting > 0 && <p className="quiet">{t('waiting', { count: waiting })}</p>}
      {mine.bookingId && <p className="award">{t('you-booked')}</p>}
    </li>
  );
};
