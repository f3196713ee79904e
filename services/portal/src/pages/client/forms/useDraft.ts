import { useCallback, useState } from 'react';
import { type Draft, dropDraft, readDraft, writeDraft } from './draft.ts';

const noSecrets: readonly string[] = [];

/** A form's values, kept on the device while they are typed until `sent` is called. Those named secret are kept in memory only. */
export const useDraft = <Fields extends Draft>(
  form: string,
  initial: Fields,
  secrets: readonly (keyof Fields & string)[] = noSecrets,
): {
  readonly values: Fields;
  readonly set: (changed: Partial<Fields>) => void;
  readonly sent: () => void;
} => {
  const [values, setValues] = useState(() => readDraft(localStorage, form, initial));
  const set = useCallback(
    (changed: Partial<Fields>) =>
      setValues((before) => {
        const after = { ...before, ...changed };
        writeDraft(localStorage, form, after, secrets);
        return after;
      }),
    [form, secrets],
  );
  const sent = useCallback(() => dropDraft(localStorage, form), [form]);
  return { values, set, sent };
};
