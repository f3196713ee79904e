import type { ReactNode } from 'react';
import { issueAt } from './issues.ts';
import { Group, Labelled } from './Labelled.tsx';

export type Option<Value extends string> = { readonly value: Value; readonly label: string; readonly detail?: string };

type ChoiceProps<Value extends string> = {
  readonly name: string;
  readonly label: string;
  readonly hint?: ReactNode;
  readonly options: readonly Option<Value>[];
  readonly value: Value | undefined;
  readonly isOptional?: boolean;
  readonly error?: Error | null;
  readonly onChange: (value: Value) => void;
};

/** One of several, from a list that opens. Without a value it begins with an empty line. */
export const Select = <Value extends string>({
  name,
  label,
  hint,
  options,
  value,
  isOptional = false,
  error,
  onChange,
}: ChoiceProps<Value>): ReactNode => (
  <Labelled label={label} hint={hint} issue={issueAt(error, name)} isOptional={isOptional}>
    {(described) => (
      <select
        {...described}
        name={name}
        value={value ?? ''}
        required={!isOptional}
        onChange={(event) => {
          const chosen = options.find((option) => option.value === event.target.value);
          if (chosen) onChange(chosen.value);
        }}
      >
        {value === undefined && <option value="" />}
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    )}
  </Labelled>
);

/** One of a few, all of which are seen at once. */
export const Radios = <Value extends string>({
  name,
  label,
  hint,
  options,
  value,
  isOptional = false,
  error,
  onChange,
}: ChoiceProps<Value>): ReactNode => (
  <Group label={label} hint={hint} issue={issueAt(error, name)} isOptional={isOptional}>
    {options.map((option) => (
      <label key={option.value}>
        <input
          type="radio"
          name={name}
          required={!isOptional}
          value={option.value}
          checked={option.value === value}
          onChange={() => onChange(option.value)}
        />
        <span>
          {option.label}
          {option.detail && <span className="hint detail-line">{option.detail}</span>}
        </span>
      </label>
    ))}
  </Group>
);

type CheckboxesProps<Value extends string> = Omit<ChoiceProps<Value>, 'value' | 'onChange' | 'isOptional'> & {
  readonly values: readonly Value[];
  readonly onChange: (values: readonly Value[]) => void;
};

/** Any of a few. */
export const Checkboxes = <Value extends string>({
  name,
  label,
  hint,
  options,
  values,
  error,
  onChange,
}: CheckboxesProps<Value>): ReactNode => (
  <Group label={label} hint={hint} issue={issueAt(error, name)}>
    {options.map(({ value, ...option }) => (
      <label key={value}>
        <input
          type="checkbox"
          name={name}
          value={value}
          checked={values.includes(value)}
          onChange={(event) => onChange(event.target.checked ? [...values, value] : values.filter((each) => each !== value))}
        />
        <span>
          {option.label}
          {option.detail && <span className="hint detail-line">{option.detail}</span>}
        </span>
      </label>
    ))}
  </Group>
);

type CheckboxProps = {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly isChecked: boolean;
  /** Nothing is sent before it is checked. */
  readonly isRequired?: boolean;
  readonly onChange: (isChecked: boolean) => void;
};

/** Yes or no. */
export const Checkbox = ({ name, label, hint, isChecked, isRequired = false, onChange }: CheckboxProps): ReactNode => (
  <div className="choice">
    <label>
      <input
        type="checkbox"
        name={name}
        checked={isChecked}
        required={isRequired}
        onChange={(event) => onChange(event.target.checked)}
      />
      <span>
        {label}
        {hint && <span className="hint detail-line">{hint}</span>}
      </span>
    </label>
  </div>
);
