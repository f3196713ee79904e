import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useCallback } from 'react';
import { expectingTagged } from '../../api/answers.ts';
import { sandbox } from '../../api/platform.ts';
import { Failure } from '../../parts/Failure.tsx';
import { Loading } from '../../parts/Loading.tsx';
import { useTitle } from '../../parts/useTitle.ts';
import { emptyHours, hoursFieldsOf } from '../../sandbox/hoursFields.ts';
import { useText } from '../../texts/useText.ts';
import { Detail } from '../Detail.tsx';
import { environmentKey, readEnvironment } from '../sandbox/EnvironmentFacts.tsx';
import { EndHours } from './EndHours.tsx';
import { HoursForm } from './HoursForm.tsx';

/** Opens hours that come again. */
export const NewHoursPage = ({ id }: { readonly id: string }): ReactNode => {
  const { t } = useText('sandbox');
  return (
    <Detail queryKey={environmentKey(id)} read={readEnvironment(id)} titleOf={() => t('new-hours')} kind={t('environment')}>
      {({ environmentId, title, timeZone, bufferMinutes }) => (
        <>
          <p className="quiet">
            <a href={`#/environments/${environmentId}`}>{title}</a>
          </p>
          <HoursForm
            environmentId={environmentId}
            first={{ fields: emptyHours(todayIn(timeZone), timeZone, bufferMinutes), etag: undefined }}
          />
        </>
      )}
    </Detail>
  );
};

/** The calendar day in a zone, like 2026-11-23. */
const todayIn = (timeZone: string): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(new Date());

const readHours = async (id: string) => {
  const { value, etag } = await expectingTagged(200, sandbox.oneHours({ params: { id } }));
  return { hours: value, read: { fields: hoursFieldsOf(value), etag } };
};

/** Changes or ends hours. */
export const HoursPage = ({ id }: { readonly id: string }): ReactNode => {
  const { t } = useText('sandbox');
  useTitle(t('opening-hours'));
  const readAgain = useCallback(async () => (await readHours(id)).read, [id]);
  const { data, error, refetch } = useQuery({
    queryKey: ['hours', 'one', id],
    queryFn: () => readHours(id),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  return (
    <div className="narrow">
      <h1>{t('opening-hours')}</h1>
      {data ? (
        <>
          <p className="quiet lead">
            <a href={`#/environments/${data.hours.environmentId}`}>{t('to-environment')}</a>
          </p>
          {data.hours.status === 'ended' ? (
            <p className="note">
              {t('hours-ended')}: {data.hours.endedBecause}
            </p>
          ) : (
            <>
              <HoursForm environmentId={data.hours.environmentId} hoursId={id} first={data.read} readAgain={readAgain} />
              <EndHours hoursId={id} environmentId={data.hours.environmentId} />
            </>
          )}
        </>
      ) : error ? (
        <Failure error={error} onRetry={() => void refetch()} />
      ) : (
        <Loading items={5} />
      )}
    </div>
  );
};
