type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

const prefix = 'umuhuza.typed.';

/** What was typed into a form of many parts and is not on the server yet; undefined where there is nothing, or nothing readable. */
export const readTyped = <Value>(store: Store, form: string, isFit: (value: unknown) => value is Value): Value | undefined => {
  const text = store.getItem(prefix + form);
  if (text === null) return undefined;
  try {
    const kept: unknown = JSON.parse(text);
    return isFit(kept) ? kept : undefined;
  } catch {
    return undefined;
  }
};

/** A device without room for it goes on without, and the caller can say so. */
export const writeTyped = (store: Store, form: string, value: unknown): boolean => {
  try {
    store.setItem(prefix + form, JSON.stringify(value));
    return true;
  } catch (error) {
    console.warn('What is typed cannot be kept on this device.', error);
    return false;
  }
};

export const dropTyped = (store: Store, form: string): void => store.removeItem(prefix + form);

/** What is the device's, whoever uses it. */
const ofDevice: readonly string[] = ['umuhuza.language'];
const owner = 'umuhuza.typed-by';

/** Whoever signs out leaves nothing on the device: another person may use it next, and a bid is sealed. */
export const dropAllTyped = (store: Store): void => {
  const names = Array.from({ length: store.length }, (_, index) => store.key(index) ?? '');
  for (const name of names) if (name.startsWith('umuhuza.') && !ofDevice.includes(name)) store.removeItem(name);
};

/** Not everybody signs out: what somebody else typed here before, from whom the session has ended, is nothing for this person. */
export const keepTypedOf = (store: Store, person: string): void => {
  const before = store.getItem(owner);
  if (before === person) return;
  if (before !== null) dropAllTyped(store);
  try {
    store.setItem(owner, person);
  } catch (error) {
    // Where there is no room for a name there is none for what is typed.
    console.warn('What is typed cannot be kept on this device.', error);
  }
};
