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

/** How many commands lie in the document one by one; when there are more, or more answers than half of what is kept, all join the past. */
const recentCommands = 64;

type Commands = BookDocument<unknown>['commands'];
type Remembered = Pick<BookDocument<unknown>, 'commands' | 'past'>;

/** False: new. True: applied, without an answer kept. An answer: the first one. */
export const appliedBefore = (document: BookDocument<unknown>, cause: Cause): boolean | Answer | 'other-request' => {
  switch (cause.kind) {
    case 'command': {
      const first =
        document.commands.find(({ id }) => id === cause.id) ?? inPast(document, cause.id).find(({ at }) => isFresh(at, cause.at));
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
 * What the document remembers of commands after this one: seven days, bounded in number and in the bytes of answers. `tidied` tells that
 * older ones were forgotten or joined the past, so that adding alone is not enough.
 */
export const commandsAfter = (
  before: Remembered,
  command: Commands[number] | undefined,
  at: string,
): Remembered & { readonly tidied: boolean } => {
  const fresh = before.commands.filter((known) => isFresh(known.at, at));
  const recent = command ? [...fresh, command] : fresh;
  const answered = recent.reduce((sum, { answer, bytes }) => sum + (answer ? bytes : 0), 0);
  if (recent.length <= recentCommands && answered <= keptAnswers / 2)
    return { ...pastOf(before.past), commands: recent, tidied: fresh.length < before.commands.length };
  const all = [...readPast(before.past), ...recent].filter((known) => isFresh(known.at, at)).slice(-keptKeys);
  return { past: writePast(withNewestAnswers(all)), commands: [], tidied: true };
};

/** Half of what is kept, and the one that goes beyond the half: so there is room for the answers of the commands to come. */
const withNewestAnswers = (commands: Commands): Commands => {
  let bytes = 0;
  return commands
    .toReversed()
    .map(({ answer, ...known }) => {
      if (!answer || bytes >= keptAnswers / 2 || bytes + known.bytes > keptAnswers) return known;
      bytes += known.bytes;
      return { ...known, answer };
    })
    .toReversed();
};

const isFresh = (known: Date, at: string): boolean => Date.parse(at) - known.getTime() <= keptFor;

/** Nearly every command is a new one: the text is taken apart only when its id stands there. */
const inPast = ({ past }: Remembered, id: string): Commands =>
  past?.includes(id) ? readPast(past).filter((one) => one.id === id) : [];

const pastOf = (past: string | undefined) => (past === undefined ? {} : { past });

type Row = readonly [id: string, fingerprint: string, at: number, bytes: number, answer?: Commands[number]['answer']];

const readPast = (past = '[]'): Commands =>
  (JSON.parse(past) as Row[]).map(([id, fingerprint, at, bytes, answer]) => ({
    id,
    fingerprint,
    at: new Date(at),
    bytes,
    ...(answer ? { answer } : {}),
  }));

const writePast = (commands: Commands): string =>
  JSON.stringify(
    commands.map(
      ({ id, fingerprint, at, bytes, answer }): Row => [
        id,
        fingerprint,
        at.getTime(),
        bytes,
        ...((answer ? [answer] : []) as []),
      ],
    ),
  );
