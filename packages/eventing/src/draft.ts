import type { Envelope } from '@umuhuza/contracts/event';
import type { Answer, BookDocument } from './bookDocument.ts';
import type { Cause } from './cause.ts';
import type { Refused } from './decision.ts';
import { appliedAfter, type Commands, forgottenAt, remembered, withRoom } from './memory.ts';

/** An aggregate's document with what was decided since it was read, before it is written. */
export type Draft<State> = {
  /** As it was read; null when there is none. */
  readonly stored: BookDocument<State> | null;
  /** As it will be. */
  readonly page: BookDocument<State>;
  readonly told: readonly Envelope[];
  readonly commands: Commands;
  /** What the document remembered and has no more room for. */
  readonly moved: Commands;
  /** Older commands were forgotten or joined the past, so that adding the new ones is not enough. */
  readonly tidied: boolean;
  /** There are facts among what was decided. */
  readonly changed: boolean;
  /** There is something to write. */
  readonly touched: boolean;
};

export const draftOf = <State>(id: string, stored: BookDocument<State> | null, initial: State): Draft<State> => ({
  stored,
  page: stored ?? { _id: id, version: 0, state: initial, sequence: 0, outbox: [], commands: [], applied: [], lookup: {} },
  told: [],
  commands: [],
  moved: [],
  tidied: false,
  changed: false,
  touched: false,
});

/** Whether there is such an aggregate: not where commands are remembered of one that never came to be. */
export const isThere = ({ stored, touched, page }: Draft<unknown>): boolean =>
  (stored !== null || touched) && page.absentUntil === undefined;

/** One more change: the state it led to, the events it says, and that its cause was here. */
export const withChange = <State>(
  draft: Draft<State>,
  {
    state,
    told,
    cause,
    answered,
    changed,
  }: {
    state: State;
    told: readonly Envelope[];
    cause: Cause;
    answered: { readonly answer: Answer } | { readonly refusal: Refused<string> };
    changed: boolean;
  },
): Draft<State> => {
  const { absentUntil: _, ...page } = draft.page;
  // Once for all that is decided together, and among what was stored: of what is decided now nobody was told before the write.
  const room = draft.touched ? { page, tidied: draft.tidied, moved: draft.moved } : roomed(page, cause.at);
  const command = remembered(cause, answered);
  return {
    stored: draft.stored,
    page: {
      ...room.page,
      state,
      sequence: page.sequence + told.length,
      outbox: [...page.outbox, ...told],
      commands: command ? [...room.page.commands, command] : room.page.commands,
      applied: appliedAfter(page.applied, cause),
      ...(changed || isThere(draft) ? {} : { absentUntil: forgottenAt(cause.at) }),
    },
    told: [...draft.told, ...told],
    commands: command ? [...draft.commands, command] : draft.commands,
    moved: room.moved,
    tidied: room.tidied,
    changed: draft.changed || changed,
    touched: true,
  };
};

const roomed = <State>(page: BookDocument<State>, at: string) => {
  const { tidied, moved, ...remembering } = withRoom(page, at);
  return { page: { ...page, ...remembering }, tidied, moved };
};
