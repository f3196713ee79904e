import { useCallback, useState } from 'react';
import { isStale } from '../../api/answers.ts';
import { type Meanwhile, whatChangedMeanwhile } from '../../forms/meanwhile.ts';

/** What was read to be edited, and the tag that an edit of it names. */
export type Read<Fields> = { readonly fields: Fields; readonly etag: string | undefined };

/** What was typed earlier on this device, with what it was typed upon: that, not what is there now, is what it changes. */
export type Kept<Fields> = { readonly read: Read<Fields>; readonly values: Fields };

export const isKept =
  <Fields>(isFields: (value: unknown) => value is Fields) =>
  (value: unknown): value is Kept<Fields> =>
    isObject(value) && isFields(value.values) && isObject(value.read) && isFields(value.read.fields);

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null;

/** Somebody else saved since: what they have now, and what differs. */
export type Conflict<Fields> = Read<Fields> & Meanwhile<keyof Fields & string>;

/**
 * Values of a form that edits something kept on the platform. Whoever saved in between is not overwritten unseen: after a refused edit it
 * is read again, and what was typed stays until it is decided what counts.
 */
export const useEdited = <Fields extends object>(
  first: Read<Fields>,
  readAgain: () => Promise<Read<Fields>>,
  kept?: Kept<Fields>,
) => {
  const [read, setRead] = useState(kept?.read ?? first);
  const [values, setValues] = useState(kept?.values ?? first.fields);
  const [conflict, setConflict] = useState<Conflict<Fields>>();

  /**
   * To be called with what an edit failed with. Where nothing that can be edited has changed, only what the platform adds by itself, it gives
   * the tag by which the edit can be sent again.
   */
  const failed = useCallback(
    async (error: unknown): Promise<string | undefined> => {
      if (!isStale(error)) return undefined;
      const now = await readAgain();
      const meanwhile = whatChangedMeanwhile(read.fields, values, now.fields);
      if (meanwhile.disputed.length + meanwhile.others.length === 0) {
        setRead(now);
        return now.etag;
      }
      setConflict({ ...now, ...meanwhile });
      return undefined;
    },
    [readAgain, read, values],
  );
  /** What others changed is taken over, but for the names given; everything else typed stays. */
  const decide = (stays: readonly (keyof Fields & string)[]) => {
    if (!conflict) return;
    const { fields, etag, disputed, others } = conflict;
    const theirs = [...disputed, ...others].filter((name) => !stays.includes(name));
    setValues({ ...values, ...Object.fromEntries(theirs.map((name) => [name, fields[name]])) });
    setRead({ fields, etag });
    setConflict(undefined);
  };
  return {
    values,
    setValues,
    read,
    etag: read.etag,
    conflict,
    failed,
    /** It is edited further from there: it was saved, or what was typed is given up. */
    saved: (now: Read<Fields>) => {
      setRead(now);
      setValues(now.fields);
    },
    keepMine: () => decide(conflict?.disputed ?? []),
    takeTheirs: () => decide([]),
  };
};
