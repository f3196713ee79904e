import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { expecting } from '../../api/answers.ts';
import { sandbox } from '../../api/platform.ts';
import { useText } from '../../texts/useText.ts';

type GuestRecordProps = { readonly guest: string; readonly isOwn?: boolean };

/** How a company behaved as a guest in the last twelve months. Where it cannot be read it is left out: no answer depends on it. */
export const GuestRecord = ({ guest, isOwn = false }: GuestRecordProps): ReactNode => {
  const { t } = useText('sandbox');
  const { data } = useQuery({
    queryKey: ['bookings', 'record', guest],
    queryFn: () => expecting(200, sandbox.guestRecord({ params: { id: guest } })),
  });
  if (!data) return null;
  if (isOwn && data.completed + data.lateCancellations + data.noShows === 0) return null;
  const { completed, lateCancellations, noShows } = data;
  return (
    <p className={lateCancellations + noShows > 0 ? 'note' : 'quiet'}>
      {t(isOwn ? 'own-record' : 'guest-record')} {t('record-completed', { count: completed })},{' '}
      {t('record-late', { count: lateCancellations })}, {t('record-no-shows', { count: noShows })}.
    </p>
  );
};
