import type { Answer, BookDocument } from './bookDocument.ts';
import type { Cause } from './cause.ts';
import { add, includes, type SequenceSet } from './sequenceSet.ts';

/** How long a command's key is remembered, in milliseconds: seven days. */
const keptFor = 7 * 24 * 3600 * 1000;

/**
 * How many bytes of answers a document keeps, the newest first. They lie in the document that each change reads and writes, and others
 * than its owner can make it remember. An older answer is computed anew from the present state when it is asked for again.
 */
const keptAnswers = 128 * 1024;

/** How many keys a document remembers at most, the newest; a bound for floods that no client with a person behind it comes near. */
const keptKeys = 5_000;

type Commands = BookDocument<unknown>['commands'];

/** False: new. True: applied, without an answer kept. An answer: the first one. */
export const appliedBefore = (document: BookDocument<unknown>, cause: Cause): boolean | Answer | 'other-request' => {
  switch (cause.kind) {
    case 'command': {
      const first = document.commands.find(({ id }) => id === cause.id);
      if (!first) return false;
      return first.fingerprint === cause.fingerprint ? (first.answer ?? true) : 'other-request';
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
    ? { id: cause.id, fingerprint: cause.fingerprint, at: new Date(cause.at), bytes: JSON.stringify(answer).length, answer }
    : undefined;

export const appliedAfter = (applied: BookDocument<unknown>['applied'], cause: Cause): BookDocument<unknown>['applied'] => {
  if (cause.kind !== 'event') return applied;
  const before: SequenceSet = applied.find(({ aggregate }) => aggregate === cause.aggregate)?.sequences ?? [];
  return [
    ...applied.filter(({ aggregate }) => aggregate !== cause.aggregate),
    { aggregate: cause.aggregate, sequences: [...add(before, cause.sequence)] },
  ];
};

/**
 * What the document remembers of commands after this one, oldest first: seven days, bounded in number and in the bytes of answers.
 * `tidied` tells that older ones were forgotten or lost their answer, so that adding alone is not enough.
 */
export const commandsAfter = (
  before: Commands,
  command: Commands[number] | undefined,
  at: string,
): { readonly commands: Commands; readonly tidied: boolean } => {
  const fresh = before.filter((known) => Date.parse(at) - known.at.getTime() <= keptFor);
  const counted = (command ? [...fresh, command] : fresh).slice(-keptKeys);
  let bytes = 0;
  const commands = counted.toReversed().map(({ answer, ...known }) => {
    bytes += answer ? known.bytes : 0;
    return answer && bytes <= keptAnswers ? { ...known, answer } : known;
  });
  const answers = (list: Commands) => list.filter(({ answer }) => answer).length;
  const all = command ? [...before, command] : before;
  return { commands: commands.toReversed(), tidied: commands.length < all.length || answers(commands) < answers(all) };
};
