import type { Answer, BookDocument } from './bookDocument.ts';
import type { Cause } from './cause.ts';
import { add, includes, type SequenceSet } from './sequenceSet.ts';

/** How long a command's key is remembered, in milliseconds: seven days. */
const keptFor = 7 * 24 * 3600 * 1000;

type Commands = BookDocument<unknown>['commands'];

/** False: new. True: applied, without an answer kept. An answer: the first one. */
export const appliedBefore = (document: BookDocument<unknown>, cause: Cause): boolean | Answer | 'other-request' => {
  switch (cause.kind) {
    case 'command': {
      const first = document.commands.find(({ id }) => id === cause.id);
      if (!first) return false;
      return first.fingerprint === cause.fingerprint ? first.answer : 'other-request';
    }
    case 'event': {
      const from = document.applied.find(({ aggregate }) => aggregate === cause.aggregate);
      return from !== undefined && includes(from.sequences, cause.sequence);
    }
    case 'time':
      return false;
  }
};

/**
 * A decision without facts is remembered too where repeating it later could end otherwise: for events always, since a broker may
 * replay its whole stream; for a client's named request when it was accepted. Refused requests leave no trace in someone's document.
 */
export const mustBeRemembered = (cause: Cause, refused: boolean): boolean =>
  cause.kind === 'event' || (cause.kind === 'command' && cause.repeatable && !refused);

export const remembered = (cause: Cause, answer: Answer): BookDocument<unknown>['commands'][number] | undefined =>
  cause.kind === 'command' && cause.repeatable
    ? { id: cause.id, fingerprint: cause.fingerprint, at: new Date(cause.at), answer }
    : undefined;

export const appliedAfter = (applied: BookDocument<unknown>['applied'], cause: Cause): BookDocument<unknown>['applied'] => {
  if (cause.kind !== 'event') return applied;
  const before: SequenceSet = applied.find(({ aggregate }) => aggregate === cause.aggregate)?.sequences ?? [];
  return [
    ...applied.filter(({ aggregate }) => aggregate !== cause.aggregate),
    { aggregate: cause.aggregate, sequences: [...add(before, cause.sequence)] },
  ];
};

/** The commands whose keys still count at this instant, and whether any no longer does. */
export const stillRemembered = (commands: Commands, at: string): { readonly commands: Commands; readonly forgotten: boolean } => {
  const kept = commands.filter((command) => Date.parse(at) - command.at.getTime() <= keptFor);
  return { commands: kept, forgotten: kept.length < commands.length };
};
