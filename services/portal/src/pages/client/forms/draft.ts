export type Draft = Readonly<Record<string, string>>;
type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

const key = (form: string): string => `umuhuza.draft.${form}`;

/** What was typed into a form before, laid over what it begins with; fields the form no longer has are left out. */
export const readDraft = <Fields extends Draft>(store: Store, form: string, initial: Fields): Fields => {
  const text = store.getItem(key(form));
  if (text === null) return initial;
  try {
    const kept: unknown = JSON.parse(text);
    if (typeof kept !== 'object' || kept === null) return initial;
    const known = Object.entries(kept).filter(([name, value]) => Object.hasOwn(initial, name) && typeof value === 'string');
    return { ...initial, ...Object.fromEntries(known) };
  } catch {
    return initial;
  }
};

/** Keeps what is typed, but never a secret. A device without room for it goes on without. */
export const writeDraft = (store: Store, form: string, values: Draft, secrets: readonly string[]): void => {
  const kept = Object.fromEntries(Object.entries(values).filter(([name]) => !secrets.includes(name)));
  try {
    store.setItem(key(form), JSON.stringify(kept));
  } catch (error) {
    console.warn('What is typed cannot be kept on this device.', error);
  }
};

export const dropDraft = (store: Store, form: string): void => store.removeItem(key(form));
