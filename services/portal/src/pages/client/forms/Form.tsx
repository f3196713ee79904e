import { type ReactNode, useId } from 'react';
import { ConnectionLost, Refused } from '../api/answers.ts';
import { Failure } from '../parts/Failure.tsx';
import { useText } from '../texts/useText.ts';
import type { Sending } from './useSending.ts';

type FormProps = {
  readonly sending: Sending;
  readonly onSubmit: () => void;
  readonly action: string;
  readonly children: ReactNode;
};

/** A form that says how its sending goes. Nothing typed is lost by it. */
export const Form = ({ sending, onSubmit, action, children }: FormProps): ReactNode => {
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
      {sending.isError && sending.error && <Failure error={sending.error} />}
      <div role="status" className={isLost ? 'lost' : 'unseen'}>
        {isLost ? t('connection-lost') : sending.isPending ? t('sending') : ''}
      </div>
      <button type="submit" className="main" disabled={sending.isPending}>
        {sending.isPending ? t('sending') : action}
      </button>
    </form>
  );
};

type FieldProps = {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly type?: 'text' | 'email' | 'password';
  readonly autoComplete: string;
  readonly value: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  /** Where the platform's objection to this field is found. */
  readonly error?: Error | null;
  readonly onChange: (value: string) => void;
};

export const Field = ({ name, label, hint, error, onChange, type = 'text', ...input }: FieldProps): ReactNode => {
  const id = useId();
  const issue = error instanceof Refused ? error.problem.issues?.find(({ path }) => path === `body.${name}`)?.message : undefined;
  const described = [hint && `${id}-hint`, issue && `${id}-issue`].filter(Boolean).join(' ');
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {hint && (
        <p id={`${id}-hint`} className="hint">
          {hint}
        </p>
      )}
      <input
        id={id}
        name={name}
        type={type}
        required
        spellCheck={type === 'text' ? undefined : false}
        autoCapitalize={type === 'text' ? undefined : 'none'}
        aria-describedby={described === '' ? undefined : described}
        aria-invalid={issue === undefined ? undefined : true}
        onChange={(event) => onChange(event.target.value)}
        {...input}
      />
      {issue && (
        <p id={`${id}-issue`} className="issue">
          {issue}
        </p>
      )}
    </div>
  );
};
