import { type ReactNode, useState } from 'react';
import { issueAt } from './issues.ts';
import { Labelled } from './Labelled.tsx';

type NumberFieldProps = {
  readonly name: string;
  readonly label: string;
  readonly hint?: ReactNode;
  /** What is counted, after the input: hours, %, days. */
  readonly unit?: string;
  readonly value: number | undefined;
  readonly min: number;
  readonly max: number;
  /** `any` for numbers with decimals. */
  readonly step?: number | 'any';
  readonly isOptional?: boolean;
  readonly error?: Error | null;
  readonly onChange: (value: number | undefined) => void;
};

/** A number; what is typed stays as it is while it is no number yet. */
export const NumberField = ({
  name,
  label,
  hint,
  unit,
  value,
  step = 1,
  isOptional = false,
  error,
  onChange,
  ...bounds
}: NumberFieldProps): ReactNode => {
  const [typed, setTyped] = useState(value === undefined ? '' : String(value));
  const isOwn = numberIn(typed) === value;
  return (
    <Labelled label={label} hint={hint} issue={issueAt(error, name)} isOptional={isOptional}>
      {(described) => (
        <span className="with-unit">
          <input
            {...described}
            {...bounds}
            name={name}
            type="number"
            inputMode={step === 1 ? 'numeric' : 'decimal'}
            step={step}
            required={!isOptional}
            value={isOwn ? typed : value === undefined ? '' : String(value)}
            onChange={(event) => {
              setTyped(event.target.value);
              onChange(numberIn(event.target.value));
            }}
          />
          {unit && <span className="unit">{unit}</span>}
        </span>
      )}
    </Labelled>
  );
};

const numberIn = (typed: string): number | undefined => {
  const number = Number(typed);
  return typed.trim() === '' || !Number.isFinite(number) ? undefined : number;
};
