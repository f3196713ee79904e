import { type ReactNode, useId } from 'react';
import { useText } from '../texts/useText.ts';

/** What ties an input to its label, its hint and what is wrong with it. */
export type Described = {
  readonly id: string;
  readonly 'aria-describedby': string | undefined;
  readonly 'aria-invalid': true | undefined;
};

export type LabelledProps = {
  readonly label: string;
  readonly hint?: ReactNode;
  /** What is wrong with what was entered. */
  readonly issue?: string | undefined;
  readonly isOptional?: boolean;
};

/** An input below its label; the hint before it, what is wrong with it after it, and both read out with it. */
export const Labelled = ({
  label,
  hint,
  issue,
  isOptional = false,
  children,
}: LabelledProps & { readonly children: (described: Described) => ReactNode }): ReactNode => {
  const { t, objection } = useText();
  const id = useId();
  const described = [hint && `${id}-hint`, issue && `${id}-issue`].filter(Boolean).join(' ');
  return (
    <div className="field">
      <label htmlFor={id}>
        {label}
        {isOptional && <span className="optional"> {t('optional')}</span>}
      </label>
      {hint && (
        <p id={`${id}-hint`} className="hint">
          {hint}
        </p>
      )}
      {children({
        id,
        'aria-describedby': described === '' ? undefined : described,
        'aria-invalid': issue === undefined ? undefined : true,
      })}
      {issue && (
        <p id={`${id}-issue`} className="issue">
          {objection(issue)}
        </p>
      )}
    </div>
  );
};

/** Several inputs under one legend. */
export const Group = ({ label, hint, issue, isOptional = false, children }: LabelledProps & { readonly children: ReactNode }) => {
  const { t, objection } = useText();
  const id = useId();
  const described = [hint && `${id}-hint`, issue && `${id}-issue`].filter(Boolean).join(' ');
  return (
    <fieldset className="choice" aria-describedby={described === '' ? undefined : described}>
      <legend>
        {label}
        {isOptional && <span className="optional"> {t('optional')}</span>}
      </legend>
      {hint && (
        <p id={`${id}-hint`} className="hint">
          {hint}
        </p>
      )}
      {children}
      {issue && (
        <p id={`${id}-issue`} className="issue">
          {objection(issue)}
        </p>
      )}
    </fieldset>
  );
};
