import { type ReactNode, useState } from 'react';
import { BothClocks } from '../parts/Times.tsx';
import { useText } from '../texts/useText.ts';
import { type City, cities } from '../times.ts';
import { issueAt } from './issues.ts';
import { Group } from './Labelled.tsx';
import { instantsAt, wallTimeAt } from './wallTime.ts';

type MomentFieldProps = {
  readonly name: string;
  readonly label: string;
  readonly hint?: ReactNode;
  /** The clock that is typed by at first: that of the reader's country. */
  readonly city: City;
  /** An instant in UTC. */
  readonly value: string | undefined;
  readonly isOptional?: boolean;
  readonly error?: Error | null;
  readonly onChange: (instant: string | undefined) => void;
};

type Typed = { readonly day: string; readonly time: string; readonly city: City };

/** A moment, typed by the clocks of one city and shown by both. A time that does not exist, or exists twice, is made plain. */
export const MomentField = ({
  name,
  label,
  hint,
  city,
  value,
  isOptional = false,
  error,
  onChange,
}: MomentFieldProps): ReactNode => {
  const { t } = useText('forms');
  const [typed, setTyped] = useState<Typed>(() =>
    value === undefined ? { day: '', time: '', city } : { ...wallTimeAt(value, city), city },
  );
  const found = instantsAt(typed.day, typed.time, typed.city);
  const isWhole = typed.day !== '' && typed.time !== '';
  const isGap = isWhole && found.length === 0;
  const type = (changed: Partial<Typed>) => {
    const next = { ...typed, ...changed };
    setTyped(next);
    const [first] = instantsAt(next.day, next.time, next.city);
    if (first !== undefined) onChange(first);
    else if (next.day === '' && next.time === '') onChange(undefined);
  };
  return (
    <Group label={label} hint={hint} issue={isGap ? t('no-such-time') : issueAt(error, name)} isOptional={isOptional}>
      <span className="moment">
        <input
          type="date"
          name={name}
          aria-label={`${label}: ${t('day')}`}
          value={typed.day}
          required={!isOptional}
          onChange={(event) => type({ day: event.target.value })}
        />
        <input
          type="time"
          name={`${name}-time`}
          aria-label={`${label}: ${t('time')}`}
          value={typed.time}
          required={!isOptional || typed.day !== ''}
          onChange={(event) => type({ time: event.target.value })}
        />
        <select
          aria-label={`${label}: ${t('clock')}`}
          value={typed.city}
          onChange={(event) => type({ city: cities.find((each) => each === event.target.value) ?? typed.city })}
        >
          {cities.map((each) => (
            <option key={each} value={each}>
              {t(each)}
            </option>
          ))}
        </select>
      </span>
      {found.length > 1 && (
        <span className="twice">
          <span>{t('time-exists-twice')}</span>
          {found.map((instant) => (
            <label key={instant}>
              <input type="radio" name={`${name}-which`} checked={instant === value} onChange={() => onChange(instant)} />
              <BothClocks instant={instant} />
            </label>
          ))}
        </span>
      )}
      <output className="hint">{!isGap && value !== undefined && <BothClocks instant={value} />}</output>
    </Group>
  );
};
