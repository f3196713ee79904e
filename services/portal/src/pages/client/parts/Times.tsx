import { Fragment, type ReactNode } from 'react';
import { useText } from '../texts/useText.ts';
import { type ClockTime, onBothClocks, periodOnBothClocks } from '../times.ts';

/** An instant on the clocks of Berlin and Kigali; the day is said once where both share it. */
export const BothClocks = ({ instant }: { readonly instant: string }): ReactNode => {
  const { language } = useText();
  return (
    <time dateTime={instant} className="clocks">
      <Clocks times={onBothClocks(instant, language)} />
    </time>
  );
};

export const Period = ({ startsAt, endsAt }: { readonly startsAt: string; readonly endsAt: string }): ReactNode => {
  const { language } = useText();
  return (
    <time dateTime={startsAt} className="clocks">
      <Clocks times={periodOnBothClocks(startsAt, endsAt, language)} />
    </time>
  );
};

const Clocks = ({ times }: { readonly times: readonly ClockTime[] }): ReactNode => {
  const { t } = useText();
  const oneDay = times.every(({ day }) => day === times[0]?.day);
  return times.map(({ city, day, time }, index) => (
    <Fragment key={city}>
      {index > 0 && <span className="unseen">, </span>}
      {(!oneDay || index === 0) && <span className="day">{day},</span>}{' '}
      <span className="clock">
        {time} <span className="city">{t(city)}</span>
      </span>{' '}
    </Fragment>
  ));
};
