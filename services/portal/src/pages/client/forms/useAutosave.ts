import { onlineManager } from '@tanstack/react-query';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { tokens } from '../api/platform.ts';
import { type Autosave, type AutosaveState, createAutosave, type KeptTyping, type Version } from './autosave.ts';
import { dropTyped, readTyped, writeTyped } from './typed.ts';

type AutosaveOptions<Fields extends object> = {
  /** Names what is kept on the device: the company is part of it, since a person may act for several. */
  readonly form: string;
  readonly first: Version<Fields>;
  readonly isAutomatic: boolean;
  readonly save: Parameters<typeof createAutosave<Fields>>[0]['save'];
  readonly readAgain: () => Promise<Version<Fields>>;
  readonly isWhole?: (name: keyof Fields & string, value: unknown) => boolean;
};

/** A form in step with the server while it is shown; see `createAutosave`. What it is given first is what it goes on with. */
export const useAutosave = <Fields extends object>(
  options: AutosaveOptions<Fields>,
): AutosaveState<Fields> & { readonly autosave: Autosave<Fields> } => {
  const [autosave] = useState(() =>
    createAutosave<Fields>({
      ...options,
      kept: readTyped(localStorage, options.form, isKeptTyping<Fields>),
      keep: (typing) => (typing ? void writeTyped(localStorage, options.form, typing) : dropTyped(localStorage, options.form)),
    }),
  );
  useEffect(() => {
    const whose = tokens.whose();
    autosave.start();
    const unsubscribe = onlineManager.subscribe((isOnline) => {
      if (isOnline && options.isAutomatic) void autosave.flush();
    });
    return () => {
      unsubscribe();
      autosave.stop();
      // Left because somebody signed out or acts for another company now: it stays where it was typed, and is not sent in another's name.
      if (options.isAutomatic && autosave.state().status === 'typed' && tokens.whose() === whose) void autosave.flush();
    };
  }, [autosave, options.isAutomatic]);
  const state = useSyncExternalStore(autosave.subscribe, autosave.state);
  return { ...state, autosave };
};

const isKeptTyping = <Fields extends object>(value: unknown): value is KeptTyping<Fields> =>
  typeof value === 'object' &&
  value !== null &&
  'typed' in value &&
  typeof value.typed === 'object' &&
  value.typed !== null &&
  'read' in value &&
  typeof value.read === 'object' &&
  value.read !== null;
