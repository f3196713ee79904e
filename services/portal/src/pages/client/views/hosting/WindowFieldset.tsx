import type { ReactNode } from 'react';
import { Checkboxes } from '../../forms/Choice.tsx';
import { Field } from '../../forms/Form.tsx';
import { NumberField } from '../../forms/NumberField.tsx';
import { Rows } from '../../forms/Rows.tsx';
import type { WindowFields } from '../../sandbox/hoursFields.ts';
import { weekdays } from '../../sandbox/weeklyRule.ts';
import { useText } from '../../texts/useText.ts';

type WindowFieldsetProps = {
  readonly window: WindowFields;
  readonly set: (changed: Partial<WindowFields>) => void;
  readonly index: number;
  readonly error: Error | null;
};

/** Hours of some days of the week. A rule of another kind is shown as it is written, and only its hours can be changed. */
export const WindowFieldset = ({ window, set, index, error }: WindowFieldsetProps): ReactNode => {
  const { t } = useText('sandbox');
  const name = `windows.${index}`;
  return (
    <>
      {window.rule === '' ? (
        <div className="compact">
          <Checkboxes
            name={`${name}.rrule`}
            label={t('weekdays')}
            options={weekdays.map((value) => ({ value, label: t(`day-${value}`) }))}
            values={window.days}
            error={error}
            onChange={(days) => set({ days })}
          />
        </div>
      ) : (
        <p>
          {t('written-rule')} <code>{window.rule}</code>
        </p>
      )}
      <div className="pair">
        <Field
          name={`${name}.from`}
          type="time"
          label={t('opens-at')}
          value={window.from}
          error={error}
          onChange={(from) => set({ from })}
        />
        <Field
          name={`${name}.to`}
          type="time"
          label={t('closes-at')}
          value={window.to}
          error={error}
          onChange={(to) => set({ to })}
        />
      </div>
      <div className="pair">
        <Field
          name={`${name}.startsOn`}
          type="date"
          label={t('first-day')}
          value={window.startsOn}
          error={error}
          onChange={(startsOn) => set({ startsOn })}
        />
        {window.rule === '' && (
          <Field
            name={`${name}.until`}
            type="date"
            label={t('last-day')}
            isOptional
            value={window.until}
            error={error}
            onChange={(until) => set({ until })}
          />
        )}
      </div>
      {window.rule === '' && (
        <NumberField
          name={`${name}.interval`}
          label={t('every')}
          unit={t('weeks-unit')}
          min={1}
          max={52}
          value={window.everyWeeks ?? undefined}
          onChange={(weeks) => set({ everyWeeks: weeks ?? null })}
        />
      )}
      <details open={window.without.length + window.besides.length > 0}>
        <summary>{t('exceptions')}</summary>
        <div className="fields">
          <DayRows
            name={`${name}.exdates`}
            label={t('without-days')}
            values={window.without}
            onChange={(without) => set({ without })}
          />
          <DayRows
            name={`${name}.rdates`}
            label={t('besides-days')}
            values={window.besides}
            onChange={(besides) => set({ besides })}
          />
        </div>
      </details>
    </>
  );
};

type Days = readonly { readonly day: string }[];
type DayRowsProps = {
  readonly name: string;
  readonly label: string;
  readonly values: Days;
  readonly onChange: (values: Days) => void;
};

const DayRows = ({ name, label, values, onChange }: DayRowsProps): ReactNode => {
  const { t } = useText('sandbox');
  return (
    <Rows label={label} items={values} empty={{ day: '' }} rowName={t('day')} add={t('add-day')} most={400} onChange={onChange}>
      {(row, set, index) => (
        <Field name={`${name}.${index}`} type="date" label={t('day')} value={row.day} onChange={(day) => set({ day })} />
      )}
    </Rows>
  );
};
