import type { Money } from '@umuhuza/contracts/values';
import { type ReactNode, useState } from 'react';
import { useText } from '../texts/useText.ts';
import { inMoney } from '../times.ts';
import { readAmount, writeAmount } from './amounts.ts';
import { issueAt } from './issues.ts';
import { Labelled } from './Labelled.tsx';

type MoneyFieldProps = {
  readonly name: string;
  readonly label: string;
  readonly hint?: ReactNode;
  readonly currency: string;
  readonly value: Money | undefined;
  readonly isOptional?: boolean;
  readonly error?: Error | null;
  readonly onChange: (value: Money | undefined) => void;
};

/** An amount, typed as people write it; below it stands how it was understood. What cannot be understood is not taken over. */
export const MoneyField = ({
  name,
  label,
  hint,
  currency,
  value,
  isOptional = false,
  error,
  onChange,
}: MoneyFieldProps): ReactNode => {
  const { t, language } = useText('forms');
  const written = value === undefined ? '' : writeAmount(value.amount, value.currency, language);
  const [typed, setTyped] = useState(written);
  const read = readAmount(typed, currency);
  const isUnread = typed.trim() !== '' && read === undefined;
  const shown = isUnread || read === value?.amount ? typed : written;
  return (
    <Labelled label={label} hint={hint} issue={isUnread ? t('not-an-amount') : issueAt(error, name)} isOptional={isOptional}>
      {(described) => (
        <>
          <span className="with-unit">
            <input
              {...described}
              name={name}
              inputMode="decimal"
              autoComplete="off"
              required={!isOptional}
              value={shown}
              onChange={(event) => {
                const text = event.target.value;
                setTyped(text);
                const amount = readAmount(text, currency);
                if (amount !== undefined) onChange({ amount, currency });
                else if (text.trim() === '') onChange(undefined);
              }}
            />
            <span className="unit">{currency}</span>
          </span>
          <output className="hint" htmlFor={described.id}>
            {value && !isUnread ? inMoney(value, language) : ''}
          </output>
        </>
      )}
    </Labelled>
  );
};
