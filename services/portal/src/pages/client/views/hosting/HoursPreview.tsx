import { useMutation } from '@tanstack/react-query';
import type { HoursPreview as Preview } from '@umuhuza/contracts/sandbox/hoursSchemas';
import type { ReactNode } from 'react';
import { expecting } from '../../api/answers.ts';
import { sandbox } from '../../api/platform.ts';
import { wallTimeAt } from '../../forms/wallTime.ts';
import { Card } from '../../parts/Card.tsx';
import { Failure } from '../../parts/Failure.tsx';
import { Period } from '../../parts/Times.tsx';
import type { NewHours } from '../../sandbox/hoursFields.ts';
import { useText } from '../../texts/useText.ts';
import { clocks, onDay } from '../../times.ts';
import { LeftOutList } from './LeftOut.tsx';

/** How many slots are shown; the number of all of them is said. */
const most = 30;

/** What the hours would open, worked out by the platform as it opens them, before they are saved. */
export const HoursPreview = ({
  environmentId,
  hoursId,
  hours,
}: {
  readonly environmentId: string;
  /** Absent where the hours would be new. */
  readonly hoursId: string | undefined;
  readonly hours: NewHours;
}): ReactNode => {
  const { t } = useText('sandbox');
  const looking = useMutation({
    mutationFn: (body: NewHours) =>
      expecting(
        200,
        sandbox.previewHours({ params: { id: environmentId }, query: hoursId === undefined ? {} : { hoursId }, body }),
      ),
  });
  const isOld = looking.data !== undefined && JSON.stringify(looking.variables) !== JSON.stringify(hours);
  return (
    <Card title={t('preview')}>
      <p className="quiet">{t('preview-detail')}</p>
      <button type="button" disabled={looking.isPending} onClick={() => looking.mutate(hours)}>
        {looking.isPending ? t('loading') : t('show-preview')}
      </button>
      {looking.isError && <Failure error={looking.error} />}
      {looking.data && (
        <div role="status" className={isOld ? 'outdated' : undefined}>
          {isOld && <p className="note">{t('preview-outdated')}</p>}
          <Opened preview={looking.data} timeZone={looking.variables.timeZone} />
        </div>
      )}
    </Card>
  );
};

type OpenedProps = { readonly preview: Preview; readonly timeZone: string | undefined };

const Opened = ({ preview: { slots, skipped }, timeZone }: OpenedProps): ReactNode => {
  const { t, language } = useText('sandbox');
  return (
    <>
      <p>
        <strong>{t('would-open', { count: slots.length })}</strong>
      </p>
      {skipped.length > 0 && (
        <div className="note">
          <p>{t('left-out')}</p>
          <LeftOutList skipped={skipped} />
        </div>
      )}
      <ol className="agenda">
        {daysOf(slots.slice(0, most), timeZone).map(([day, its]) => (
          <li key={day}>
            <strong>{onDay(day, language)}</strong>
            <ul className="list dense">
              {its.map(({ startsAt, endsAt }) => (
                <li key={startsAt}>
                  <Period startsAt={startsAt} endsAt={endsAt} />
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ol>
      {slots.length > most && <p className="quiet">{t('and-more', { count: slots.length - most })}</p>}
    </>
  );
};

type Slots = Preview['slots'];

/** By the day on the clocks of the hours, as near as the two cities come to them. */
const daysOf = (slots: Slots, timeZone: string | undefined): readonly (readonly [string, Slots])[] => {
  const city = timeZone === clocks.Berlin ? 'Berlin' : 'Kigali';
  return [...Map.groupBy(slots, ({ startsAt }) => wallTimeAt(startsAt, city).day)];
};
