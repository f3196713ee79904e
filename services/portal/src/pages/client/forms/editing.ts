import { isStale } from '../api/answers.ts';
import type { Version } from './autosave.ts';
import { isSame, type Meanwhile, whatChangedMeanwhile } from './meanwhile.ts';

/** What a form holds, with what it was typed upon: that, not what is there now, is what it changes. */
export type Typing<Fields> = { readonly read: Version<Fields>; readonly values: Fields };

/** Whether what lay on the device is of a form with these fields. */
export const isTypingLike =
  <Fields extends object>(like: Fields) =>
  (value: unknown): value is Typing<Fields> =>
    isObject(value) &&
    isObject(value.read) &&
    [value.values, value.read.fields].every((fields) => isObject(fields) && hasAll(fields, Object.keys(like)));

const hasAll = (fields: object, names: readonly string[]): boolean => names.every((name) => Object.hasOwn(fields, name));
const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null;

/** Both changed the same to different things: what is there now, and what differs. */
export type Conflict<Fields> = Version<Fields> & Meanwhile<keyof Fields & string>;

type Edit<Fields extends object, Answer> = {
  readonly typing: Typing<Fields>;
  readonly send: (values: Fields, etag: string | undefined) => Promise<Answer>;
  readonly readAgain: () => Promise<Version<Fields>>;
  /** What is there now, and the fields of it that were taken over. */
  readonly onRebased: (now: Version<Fields>, taken: readonly (keyof Fields & string)[]) => void;
  readonly onConflict: (conflict: Conflict<Fields>) => void;
};

/**
 * Sends an edit of all fields at once. Where they have changed meanwhile, it is read again: what only others changed is taken over and the
 * edit is sent on that; what both changed has to be decided first, and the refusal is thrown. A save whose answer was lost is such a change.
 */
export const sendEdit = async <Fields extends object, Answer>(edit: Edit<Fields, Answer>): Promise<Answer> => {
  const { typing, send, readAgain, onRebased, onConflict } = edit;
  try {
    return await send(typing.values, typing.read.etag);
  } catch (error) {
    if (!isStale(error)) throw error;
    const now = await readAgain();
    const meanwhile = whatChangedMeanwhile(typing.read.fields, typing.values, now.fields);
    if (meanwhile.disputed.length > 0) onConflict({ ...now, ...meanwhile });
    // With the same tag it would be refused for ever.
    if (meanwhile.disputed.length > 0 || now.etag === typing.read.etag) throw error;
    onRebased(now, meanwhile.others);
    return sendEdit({ ...edit, typing: rebase(typing, now, meanwhile.others) });
  }
};

/** The same typing on what is there now, of which these fields are taken over. */
export const rebase = <Fields extends object>(
  { values }: Typing<Fields>,
  now: Version<Fields>,
  taken: readonly (keyof Fields & string)[],
): Typing<Fields> => ({
  read: { fields: now.fields, etag: now.etag },
  values: { ...values, ...Object.fromEntries(taken.map((name) => [name, now.fields[name]])) },
});

/** After these values were saved: what was typed since stays, on what is there now. */
export const afterSaving = <Fields extends object>(
  { values }: Typing<Fields>,
  sent: Fields,
  now: Version<Fields>,
): Typing<Fields> => ({
  read: now,
  values: Object.fromEntries(
    (Object.keys(now.fields) as (keyof Fields)[]).map((name) => [
      name,
      isSame(values[name], sent[name]) ? now.fields[name] : values[name],
    ]),
  ) as Fields,
});
