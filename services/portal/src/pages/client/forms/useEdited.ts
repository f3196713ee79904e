import { useCallback, useState } from 'react';
import type { Version } from './autosave.ts';
import { afterSaving, type Conflict, isTypingLike, rebase, sendEdit, type Typing } from './editing.ts';
import { isSame } from './meanwhile.ts';
import { dropTyped, readTyped, writeTyped } from './typed.ts';

type EditedOptions<Fields extends object> = {
  /** Names what is kept on the device. */
  readonly form: string;
  readonly first: Version<Fields>;
  /** Absent for something new: nobody else can have changed it. */
  readonly readAgain?: (() => Promise<Version<Fields>>) | undefined;
};

/**
 * The values of a form that edits something kept on the platform, all at once. What is typed lies on the device until it is saved, and
 * whoever saved in between is not overwritten unseen.
 */
export const useEdited = <Fields extends object>({
  form,
  first,
  readAgain = () => Promise.resolve(first),
}: EditedOptions<Fields>) => {
  const [kept] = useState(() => readTyped(localStorage, form, isTypingLike(first.fields)));
  const [typing, setTyping] = useState<Typing<Fields>>(kept ?? { read: first, values: first.fields });
  const [conflict, setConflict] = useState<Conflict<Fields>>();
  const [isFromEarlier, setFromEarlier] = useState(kept !== undefined);

  const become = useCallback(
    (change: (before: Typing<Fields>) => Typing<Fields>): void =>
      setTyping((before) => {
        const after = change(before);
        if (isSame(after.values, after.read.fields)) dropTyped(localStorage, form);
        else writeTyped(localStorage, form, after);
        return after;
      }),
    [form],
  );
  const decide = (theirs: readonly (keyof Fields & string)[]): void => {
    if (!conflict) return;
    become((before) => rebase(before, conflict, theirs));
    setConflict(undefined);
  };
  return {
    values: typing.values,
    conflict,
    /** It goes on with what was typed on this device before. */
    isFromEarlier,
    set: (changed: Partial<Fields>): void => become((before) => ({ ...before, values: { ...before.values, ...changed } })),
    /** Sends an edit of these values on what was read; see `sendEdit`. */
    edit: <Answer>(values: Fields, send: (values: Fields, etag: string | undefined) => Promise<Answer>): Promise<Answer> =>
      sendEdit({
        typing: { read: typing.read, values },
        send,
        readAgain,
        onConflict: setConflict,
        onRebased: (now, taken) => become((before) => rebase(before, now, taken)),
      }),
    /** These values were saved, and it is edited further from there. */
    saved: (sent: Fields, now: Version<Fields>): void => become((before) => afterSaving(before, sent, now)),
    /** It was saved and is left. */
    done: (): void => dropTyped(localStorage, form),
    startAnew: (): void => {
      setFromEarlier(false);
      setConflict(undefined);
      become(() => ({ read: first, values: first.fields }));
    },
    keepMine: (): void => decide(conflict?.others ?? []),
    takeTheirs: (): void => decide([...(conflict?.disputed ?? []), ...(conflict?.others ?? [])]),
  };
};
export type Edited<Fields extends object> = ReturnType<typeof useEdited<Fields>>;
