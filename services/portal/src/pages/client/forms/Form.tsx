import type { ReactNode } from 'react';
import { ConnectionLost } from '../api/answers.ts';
import { useText } from '../texts/useText.ts';
import { ErrorSummary } from './ErrorSummary.tsx';
import { issueAt } from './issues.ts';
import { Labelled } from './Labelled.tsx';
import type { Sending } from './useSending.ts';

type FormProps = {
  readonly sending: Sending;
  readonly onSubmit: () => void;
  readonly action: string;
  /** The action cannot be undone, or weighs more than a click tells. */
  readonly isDangerous?: boolean;
  readonly children?: ReactNode;
};

/** A form that says how its sending goes. Nothing typed is lost by it. */
export const Form = ({ sending, onSubmit, action, isDangerous = false, children }: FormProps): ReactNode => {
  const { t } = useText();
  const isLost = sending.isPending && (sending.isPaused || sending.failureReason instanceof ConnectionLost);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      {children}
      {sending.isError && sending.error && <ErrorSummary error={sending.error} />}
      <div role="status" className={isLost ? 'lost' : 'unseen'}>
        {isLost ? t('connection-lost') : sending.isPending ? t('sending') : ''}
      </div>
      <button type="submit" className={isDangerous ? 'main danger' : 'main'} disabled={sending.isPending}>
        {sending.isPending ? t('sending') : action}
      </button>
    </form>
  );
};

type FieldProps = {
  readonly name: string;
  readonly label: string;
  readonly hint?: ReactNode;
  readonly type?: 'text' | 'email' | 'password' | 'date' | 'time' | 'tel' | 'url' | 'search';
  readonly autoComplete?: string;
  readonly value: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  /** May stay empty, and says so. */
  readonly isOptional?: boolean;
  /** Where the platform's objection to this field is found. */
  readonly error?: Error | null;
  readonly onChange: (value: string) => void;
};

export const Field = ({
  name,
  label,
  hint,
  error,
  onChange,
  type = 'text',
  autoComplete = 'off',
  isOptional = false,
  ...input
}: FieldProps): ReactNode => (
  <Labelled label={label} hint={hint} issue={issueAt(error, name)} isOptional={isOptional}>
    {(described) => (
      <input
        {...described}
        name={name}
        type={type}
        autoComplete={autoComplete}
        required={!isOptional}
        spellCheck={type === 'text' ? undefined : false}
        autoCapitalize={type === 'text' ? undefined : 'none'}
        onChange={(event) => onChange(event.target.value)}
        {...input}
      />
    )}
  </Labelled>
);
