import type { ReactNode } from 'react';
import { issueAt } from './issues.ts';
import { Labelled } from './Labelled.tsx';

type TextAreaProps = {
  readonly name: string;
  readonly label: string;
  readonly hint?: ReactNode;
  readonly value: string;
  readonly maxLength: number;
  readonly rows?: number;
  readonly isOptional?: boolean;
  readonly error?: Error | null;
  readonly onChange: (value: string) => void;
};

/** Text of several lines; it grows with what is typed. */
export const TextArea = ({
  name,
  label,
  hint,
  error,
  isOptional = false,
  rows = 4,
  onChange,
  ...input
}: TextAreaProps): ReactNode => (
  <Labelled label={label} hint={hint} issue={issueAt(error, name)} isOptional={isOptional}>
    {(described) => (
      <textarea
        {...described}
        name={name}
        rows={rows}
        required={!isOptional}
        onChange={(event) => onChange(event.target.value)}
        {...input}
      />
    )}
  </Labelled>
);
