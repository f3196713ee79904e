import type { ReactNode } from 'react';
import { Field } from '../../forms/Form.tsx';
import { Rows } from '../../forms/Rows.tsx';
import type { HoursFields } from '../../sandbox/hoursFields.ts';
import { useText } from '../../texts/useText.ts';

type BlackoutRowsProps = {
  readonly values: HoursFields['blackouts'];
  readonly error: Error | null;
  readonly onChange: (values: HoursFields['blackouts']) => void;
};

/** Days on which nothing opens, whatever the weekdays say. */
export const BlackoutRows = ({ values, error, onChange }: BlackoutRowsProps): ReactNode => {
  const { t } = useText('sandbox');
  return (
    <Rows
      label={t('blackouts-label')}
      hint={t('blackouts-hint')}
      items={values}
      empty={{ from: '', to: '', reason: '' }}
      rowName={t('blackout')}
      add={t('add-blackout')}
      most={100}
      onChange={onChange}
    >
      {(blackout, set, index) => (
        <>
          <div className="pair">
            <Field
              name={`blackouts.${index}.from`}
              type="date"
              label={t('first-day')}
              value={blackout.from}
              error={error}
              onChange={(from) => set({ from })}
            />
            <Field
              name={`blackouts.${index}.to`}
              type="date"
              label={t('last-day')}
              isOptional
              value={blackout.to}
              error={error}
              onChange={(to) => set({ to })}
            />
          </div>
          <Field
            name={`blackouts.${index}.reason`}
            label={t('reason')}
            isOptional
            maxLength={200}
            value={blackout.reason}
            error={error}
            onChange={(reason) => set({ reason })}
          />
        </>
      )}
    </Rows>
  );
};
