import { ConnectionLost, isStale, mayPass } from '../api/answers.ts';
import { type Meanwhile, whatChangedMeanwhile } from './meanwhile.ts';

/** What is on the server, and the tag by which an edit says that it was made on it. */
export type Version<Fields> = { readonly fields: Fields; readonly etag: string | undefined };

/** What was typed and is not on the server yet, with what had been read of it then. */
export type KeptTyping<Fields> = {
  readonly typed: Partial<Fields>;
  readonly read: Partial<Fields>;
  readonly etag?: string | undefined;
};

export type AutosaveStatus = 'saved' | 'typed' | 'saving' | 'offline' | 'refused' | 'disputed';
export type AutosaveState<Fields extends object> = {
  readonly status: AutosaveStatus;
  /** What the form shows. */
  readonly values: Fields;
  readonly read: Version<Fields>;
  /** The names of what differs from the server, or may. */
  readonly unsaved: readonly (keyof Fields & string)[];
  /** Those of them that the server would refuse as they are. */
  readonly halfTyped: readonly (keyof Fields & string)[];
  readonly error: Error | undefined;
  readonly meanwhile: (Meanwhile<keyof Fields & string> & { readonly now: Version<Fields> }) | undefined;
};

type Deps<Fields extends object> = {
  readonly first: Version<Fields>;
  readonly kept: KeptTyping<Fields> | undefined;
  /** Keeps on the device what is not on the server; with undefined nothing is left to keep. */
  readonly keep: (typing: KeptTyping<Fields> | undefined) => void;
  /** `more` is what is said along with it when it is told to save. */
  readonly save: (
    typed: Partial<Fields>,
    values: Fields,
    etag: string | undefined,
    more: Readonly<Record<string, string>>,
  ) => Promise<Version<Fields>>;
  readonly readAgain: () => Promise<Version<Fields>>;
  /** False for what the server would refuse while it is half typed; it stays on the device until it is whole. */
  readonly isWhole?: (name: keyof Fields & string, value: unknown) => boolean;
  /** Saves without being told. Otherwise `flush` does. */
  readonly isAutomatic: boolean;
  /** Milliseconds without typing after which it is saved. */
  readonly pause?: number;
};

/**
 * Keeps a form in step with the server: typed text lies on the device at once and on the server soon after, a lost connection is waited
 * out, and what somebody else saved meanwhile is shown before anything of it is overwritten.
 */
export const createAutosave = <Fields extends object>(deps: Deps<Fields>) => {
  type Name = keyof Fields & string;
  const { first, kept, keep, save, readAgain, isWhole = () => true, isAutomatic, pause = 1_200 } = deps;
  let local: Partial<Fields> = kept?.typed ?? {};
  let unsaved = new Set(Object.keys(local) as Name[]);
  let failures = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let underWay: Promise<boolean> | undefined;
  let stopped = false;
  const listeners = new Set<() => void>();
  const valuesOn = (read: Version<Fields>): Fields => ({ ...read.fields, ...local });

  const leftOver = () => ({
    unsaved: [...unsaved],
    halfTyped: [...unsaved].filter((name) => !isWhole(name, local[name])),
  });

  const begin = (): AutosaveState<Fields> => {
    const isElsewhere = kept !== undefined && kept.etag !== first.etag;
    const met = isElsewhere ? whatChangedMeanwhile({ ...first.fields, ...kept.read }, local, first.fields) : undefined;
    const meanwhile = met && met.disputed.length > 0 ? { ...met, now: first } : undefined;
    const status = meanwhile ? 'disputed' : unsaved.size > 0 ? 'typed' : 'saved';
    return { status, values: valuesOn(first), read: first, ...leftOver(), error: undefined, meanwhile };
  };
  let state = begin();

  const become = (changed: Partial<AutosaveState<Fields>>): void => {
    const read = changed.read ?? state.read;
    state = { ...state, ...changed, read, values: valuesOn(read), ...leftOver() };
    for (const listener of listeners) listener();
  };
  const pick = (from: Partial<Fields>, names: Iterable<Name>): Partial<Fields> => {
    const picked: Partial<Fields> = {};
    for (const name of names) picked[name] = from[name];
    return picked;
  };
  const keepTyping = (): void =>
    keep(
      unsaved.size === 0
        ? undefined
        : { typed: pick(local, unsaved), read: pick(state.read.fields, unsaved), etag: state.read.etag },
    );
  const later = (milliseconds: number): void => {
    clearTimeout(timer);
    if (!stopped) timer = setTimeout(() => void flush(), milliseconds);
  };

  const send = async (more: Readonly<Record<string, string>>): Promise<boolean> => {
    const names = [...unsaved].filter((name) => isWhole(name, local[name]));
    if (names.length === 0) {
      // What was refused before is no longer wanted as it was.
      become({ status: unsaved.size > 0 ? 'typed' : 'saved', error: undefined });
      return unsaved.size === 0;
    }
    const sent = pick(local, names);
    become({ status: 'saving', error: undefined });
    try {
      const read = await save(sent, { ...state.read.fields, ...sent }, state.read.etag, more);
      failures = 0;
      // What was typed while it was under way is not saved by it.
      for (const name of names) if (local[name] === sent[name]) unsaved.delete(name);
      become({ status: unsaved.size > 0 ? 'typed' : 'saved', read });
      keepTyping();
      if (unsaved.size > 0 && isAutomatic) later(pause);
      return unsaved.size === 0;
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      return isStale(error) ? meet(error, more) : failed(error);
    }
  };

  const failed = (error: Error): false => {
    const isLost = mayPass(error);
    become({ status: isLost ? 'offline' : 'refused', error: isLost && error instanceof ConnectionLost ? undefined : error });
    if (isLost && isAutomatic) later(Math.min(30_000, 1_000 * 2 ** ++failures));
    return false;
  };

  const meet = async (stale: Error, more: Readonly<Record<string, string>>): Promise<boolean> => {
    let now: Version<Fields>;
    try {
      now = await readAgain();
    } catch (error) {
      return failed(error instanceof Error ? error : stale);
    }
    const met = whatChangedMeanwhile(state.read.fields, pick(local, unsaved), now.fields);
    if (met.disputed.length > 0) {
      become({ status: 'disputed', meanwhile: { ...met, now } });
      return false;
    }
    become({ read: now });
    return send(more);
  };

  /** Saves now; true when everything is on the server. */
  const flush = async (more: Readonly<Record<string, string>> = {}): Promise<boolean> => {
    clearTimeout(timer);
    if (state.status === 'disputed') return false;
    if (underWay) await underWay;
    underWay = send(more).finally(() => {
      underWay = undefined;
    });
    return underWay;
  };

  return {
    state: () => state,
    subscribe: (listener: () => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    set: (changed: Partial<Fields>): void => {
      local = { ...local, ...changed };
      for (const name of Object.keys(changed) as Name[]) unsaved.add(name);
      const isBusy = state.status === 'saving' || state.status === 'disputed' || state.status === 'offline';
      become(isBusy ? {} : { status: 'typed' });
      keepTyping();
      if (isAutomatic && state.status !== 'disputed') later(pause);
    },
    flush,
    /** What is on the server has changed by something else done here; what is typed stays. */
    read: (now: Version<Fields>): void => become({ read: now }),
    /** What is typed counts, on top of what is there now. */
    keepMine: (): void => {
      const now = state.meanwhile?.now;
      become({ status: 'typed', meanwhile: undefined, ...(now ? { read: now } : {}) });
      keepTyping();
      if (isAutomatic) void flush();
    },
    /** What both have changed becomes theirs; what else is typed stays. */
    takeTheirs: (): void => {
      const { meanwhile } = state;
      if (!meanwhile) return;
      const { now, disputed } = meanwhile;
      unsaved = new Set([...unsaved].filter((name) => !disputed.includes(name)));
      local = Object.fromEntries(Object.entries(local).filter(([name]) => !disputed.includes(name as Name))) as Partial<Fields>;
      become({ status: unsaved.size > 0 ? 'typed' : 'saved', meanwhile: undefined, read: now });
      keepTyping();
      if (isAutomatic && unsaved.size > 0) void flush();
    },
    /** What was typed has been dealt with by something else; from now on this is what is there. */
    settle: (now: Version<Fields>): void => {
      clearTimeout(timer);
      local = {};
      unsaved = new Set();
      become({ status: 'saved', read: now, meanwhile: undefined, error: undefined });
      keepTyping();
    },
    /** Forgets what is typed. */
    drop: (): void => {
      clearTimeout(timer);
      local = {};
      unsaved = new Set();
      become({ status: 'saved', meanwhile: undefined, error: undefined });
      keepTyping();
    },
    start: (): void => {
      stopped = false;
      if (isAutomatic && unsaved.size > 0) later(0);
    },
    stop: (): void => {
      stopped = true;
      clearTimeout(timer);
    },
  };
};
export type Autosave<Fields extends object> = ReturnType<typeof createAutosave<Fields>>;
