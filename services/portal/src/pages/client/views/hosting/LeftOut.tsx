import { useQuery } from '@tanstack/react-query';
import type { HoursPreview } from '@umuhuza/contracts/sandbox/hoursSchemas';
import type { ReactNode } from 'react';
import { expecting } from '../../api/answers.ts';
import { sandbox } from '../../api/platform.ts';
import { useText } from '../../texts/useText.ts';
import { onDay } from '../../times.ts';

type Skipped = HoursPreview['skipped'];

/** How many times are named; the number of all of them is said. */
const most = 30;

/** What opens no slot, and why. */
export const LeftOutList = ({ skipped }: { readonly skipped: Skipped }): ReactNode => {
  const { t, language } = useText('sandbox');
  return (
    <>
      <ul>
        {skipped.slice(0, most).map(({ date, from, to, because, resource }) => (
          <li key={`${date} ${from} ${because}`}>
            {onDay(date, language)}, {from} – {to}: {t(`skipped-${because}`, { resource: resource ?? '' })}
          </li>
        ))}
      </ul>
      {skipped.length > most && <p>{t('and-more', { count: skipped.length - most })}</p>}
    </>
  );
};

/** Told beside hours that are there, for their host: what of them does not open. Nothing where all of it does. */
export const LeftOutOf = ({ hoursId }: { readonly hoursId: string }): ReactNode => {
  const { t } = useText('sandbox');
  const { data } = useQuery({
    queryKey: ['hours', 'outlook', hoursId],
    queryFn: () => expecting(200, sandbox.hoursOutlook({ params: { id: hoursId } })),
  });
  if (data === undefined || data.skipped.length === 0) return null;
  return (
    <details className="note">
      <summary>{t('do-not-open', { count: data.skipped.length })}</summary>
      <LeftOutList skipped={data.skipped} />
      <p className="quiet">{t('tried-again')}</p>
    </details>
  );
};
