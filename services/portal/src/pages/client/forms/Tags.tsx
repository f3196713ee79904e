import { type ReactNode, useState } from 'react';
import { useText } from '../texts/useText.ts';
import { issueAt } from './issues.ts';
import { Labelled } from './Labelled.tsx';

type TagsProps = {
  readonly name: string;
  readonly label: string;
  readonly hint?: ReactNode;
  readonly values: readonly string[];
  readonly most: number;
  readonly maxLength: number;
  /** A comma belongs to the text: sentences, not words. */
  readonly withCommas?: boolean;
  readonly isOptional?: boolean;
  readonly error?: Error | null;
  readonly onChange: (values: readonly string[]) => void;
};

/** Several short texts. Enter, a comma or leaving the input adds what is typed. */
export const Tags = ({
  name,
  label,
  hint,
  values,
  most,
  maxLength,
  withCommas = false,
  isOptional = false,
  error,
  onChange,
}: TagsProps): ReactNode => {
  const { t } = useText('forms');
  const [typed, setTyped] = useState('');
  const add = (text: string) => {
    const parts = (withCommas ? [text] : text.split(',')).map((part) => part.trim()).filter((part) => part !== '');
    const known = new Set(values.map((value) => value.toLowerCase()));
    const fresh = parts.filter((part) => !known.has(part.toLowerCase()));
    if (fresh.length > 0) onChange([...values, ...fresh].slice(0, most));
    setTyped('');
  };
  return (
    <Labelled label={label} hint={hint} issue={issueAt(error, name)} isOptional={isOptional}>
      {(described) => (
        <>
          <Chips
            label={label}
            items={values.map((value) => ({ key: value, text: value }))}
            onRemove={(gone) => onChange(values.filter((each) => each !== gone))}
          />
          <span className="with-button">
            <input
              {...described}
              name={name}
              autoComplete="off"
              maxLength={maxLength}
              disabled={values.length >= most}
              value={typed}
              onChange={(event) => {
                const text = event.target.value;
                if (!withCommas && text.endsWith(',')) add(text);
                else setTyped(text);
              }}
              onKeyDown={(event) => {
                if (event.key !== 'Enter') return;
                event.preventDefault();
                add(typed);
              }}
              onBlur={() => add(typed)}
            />
            <button type="button" onClick={() => add(typed)}>
              {t('add')}
            </button>
          </span>
        </>
      )}
    </Labelled>
  );
};

type ChipsProps = {
  readonly label: string;
  readonly items: readonly { readonly key: string; readonly text: string }[];
  readonly onRemove: (key: string) => void;
};

/** What was chosen so far, each with a way to take it out again. */
export const Chips = ({ label, items, onRemove }: ChipsProps): ReactNode => {
  const { t } = useText('forms');
  if (items.length === 0) return null;
  return (
    <ul className="chips" aria-label={label}>
      {items.map(({ key, text }) => (
        <li key={key}>
          {text}
          <button type="button" aria-label={t('remove-row', { called: text })} onClick={() => onRemove(key)}>
            ×
          </button>
        </li>
      ))}
    </ul>
  );
};
