import type { EnvironmentView } from '@umuhuza/contracts/sandbox/schemas';
import type { ReactNode } from 'react';
import { expecting } from '../../api/answers.ts';
import { sandbox } from '../../api/platform.ts';
import { Card } from '../../parts/Card.tsx';
import { PagedList } from '../../parts/PagedList.tsx';
import { readRule } from '../../sandbox/weeklyRule.ts';
import { useText } from '../../texts/useText.ts';
import { LeftOutOf } from './LeftOut.tsx';

/** The opening hours of an environment, from which its slots are opened weeks ahead. */
export const HoursList = ({ environment: { environmentId, status } }: { readonly environment: EnvironmentView }): ReactNode => {
  const { t } = useText('sandbox');
  return (
    <Card
      title={t('opening-hours')}
      aside={status === 'open' && <a href={`#/environments/${environmentId}/hours`}>{t('new-hours')}</a>}
    >
      <PagedList
        queryKey={['hours', 'of', environmentId]}
        read={(cursor) =>
          expecting(
            200,
            sandbox.hours({ params: { id: environmentId }, query: { limit: 10, ...(cursor === undefined ? {} : { cursor }) } }),
          )
        }
        keyOf={({ hoursId }) => hoursId}
        expected={1}
        empty={t('no-hours')}
      >
        {({ hoursId, windows, slotMinutes, capacity, timeZone, status: life, endedBecause }) => (
          <li>
            <div className="line-head">
              <span>
                {windows.map(({ rrule, from, to }) => (
                  <span key={`${rrule} ${from}`} className="window">
                    <RuleText rule={rrule} /> {from} – {to}
                  </span>
                ))}
              </span>
              {life === 'open' ? (
                <a href={`#/hours/${hoursId}`}>{t('edit')}</a>
              ) : (
                <span className="badge ended">{t('hours-ended')}</span>
              )}
            </div>
            <p className="quiet">
              {t('slots-of', { minutes: slotMinutes, count: capacity })} · {timeZone}
            </p>
            {life === 'open' && status === 'open' && <LeftOutOf hoursId={hoursId} />}
            {endedBecause && <p className="quiet">{endedBecause}</p>}
          </li>
        )}
      </PagedList>
    </Card>
  );
};

export const RuleText = ({ rule }: { readonly rule: string }): ReactNode => {
  const { t } = useText('sandbox');
  const weekly = readRule(rule);
  if (!weekly) return rule;
  return (
    <>
      {weekly.days.map((day) => t(`day-${day}`)).join(', ')}
      {weekly.everyWeeks > 1 && ` (${t('every-weeks', { count: weekly.everyWeeks })})`}
    </>
  );
};
