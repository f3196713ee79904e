import { type ReactNode, useEffect, useEffectEvent, useState } from 'react';
import { platformNow } from '../../api/serverClock.ts';
import { nextTick, timeLeft } from '../../sandbox/timeLeft.ts';
import { useText } from '../../texts/useText.ts';

type CountdownProps = { readonly until: string; readonly onOver: () => void };

/** How much time is left, as it goes by. It is read out at a few points only. */
export const Countdown = ({ until, onOver }: CountdownProps): ReactNode => {
  const { t } = useText('sandbox');
  const [now, setNow] = useState(platformNow);
  const left = timeLeft(until, now);
  const isOver = left.as === 'over';
  const over = useEffectEvent(onOver);
  useEffect(() => {
    if (isOver) {
      over();
      // The platform may need a moment more, or its clock be a little behind: it is asked again until this is gone.
      const again = setInterval(over, 3_000);
      return () => clearInterval(again);
    }
    const timer = setTimeout(() => setNow(platformNow()), nextTick(until, now));
    return () => clearTimeout(timer);
  }, [until, now, isOver]);
  const saidAloud = left.as === 'clock' && [5, 2, 1].includes(left.minutes);
  return (
    <>
      <span role="timer" className="countdown">
        {left.as === 'over'
          ? t('time-over')
          : left.as === 'clock'
            ? `${left.minutes}:${String(left.seconds).padStart(2, '0')}`
            : left.as === 'hours'
              ? t('hours-left', { hours: left.hours, minutes: left.minutes })
              : t('days-left', { days: left.days, hours: left.hours })}
      </span>
      <span role="status" className="unseen">
        {isOver ? t('time-over') : saidAloud ? t('minutes-left', { count: left.minutes }) : ''}
      </span>
    </>
  );
};
