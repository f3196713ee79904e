import { maxTries } from '@umuhuza/nats/streams';
import {
  collection,
  type Document,
  type History,
  type Message,
  type Poison,
  type Rule,
  type Stream,
  type Violation,
} from '../history.ts';

const rule = 'poison ends as a dead letter, everything else gets through';

/**
 * Each poisoned message is in its stream. A malformed one is a dead letter at each subscriber; one at which a reaction throws is one after
 * its last try, and until then waits among the parked events; nothing else is put aside.
 */
export const poisonIsPutAside: Rule = (history) => {
  const poisoned = history.streams.flatMap((stream) =>
    stream.messages.flatMap((message) => (message.poison ? [{ stream, message, poison: message.poison }] : [])),
  );
  const arrived = new Set(poisoned.map(({ poison }) => poison.mark));
  const lost = history.poisons
    .filter(({ mark }) => !arrived.has(mark))
    .map(({ mark, stream }) => ({ rule, says: `${mark} was published, but ${stream} does not hold it` }));
  const missing = poisoned.flatMap(({ stream, message, poison }) =>
    wherePut(stream, poison).flatMap((subscriber) => notPutAside(history, subscriber, stream, message, poison)),
  );
  const marks = new Set(poisoned.map(({ stream, message }) => `${stream.name}-${message.seq}`));
  const surplus = Object.keys(history.databases).flatMap((service) =>
    [...collection(history, service, 'deadLetters'), ...collection(history, service, 'parkedEvents')]
      .filter(({ stream, streamSequence }) => !marks.has(`${stream}-${streamSequence}`))
      .map(({ _id, subject, error }) => ({
        rule,
        says: `${service} put aside ${_id} (${subject}): ${error}`,
        about: endOf(subject),
      })),
  );
  return [...lost, ...missing, ...surplus];
};

const wherePut = ({ subscribers }: Stream, { kind, throwsAt = [] }: Poison): readonly string[] =>
  kind === 'malformed' ? subscribers : throwsAt;

const notPutAside = (
  history: History,
  subscriber: string,
  { name }: Stream,
  { seq, text, subject }: Message,
  { mark, kind }: Poison,
): Violation[] => {
  const isOfIt = ({ stream, streamSequence }: Document) => stream === name && streamSequence === seq;
  const letter = collection(history, subscriber, 'deadLetters').find(isOfIt);
  const parked = collection(history, subscriber, 'parkedEvents').find(isOfIt);
  const say = (says: string): Violation[] => [{ rule, says }];
  const id = `${name}-${seq}`;

  const kept = letter ?? (kind === 'throwing' ? parked : undefined);
  if (!kept) return say(`${subscriber} has no dead letter for ${mark} (${id} on ${subject})`);
  if (!kept.error) return say(`what ${subscriber} put aside of ${id} does not say why`);
  if (kept.payload !== text) return say(`what ${subscriber} put aside of ${id} is not what came`);
  if (kind === 'malformed') return [];
  const tries = Number(kept.tries);
  if (letter && tries < maxTries) return say(`${subscriber} gave ${id} up after ${tries} tries`);
  if (!letter && tries >= maxTries) return say(`${subscriber} still waits with ${id}, after ${tries} tries`);
  return [];
};

/** How many events of these databases wait for their next try. */
export const stillParked = (history: History): number =>
  Object.keys(history.databases).reduce((sum, service) => sum + collection(history, service, 'parkedEvents').length, 0);

const endOf = (subject: unknown): string => String(subject).slice(String(subject).lastIndexOf('.') + 1);
