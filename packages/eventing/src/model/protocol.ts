import type { Model } from './explore.ts';
import { subscriberSteps } from './hearing.ts';
import { producerSteps } from './producing.ts';
import {
  allGuards,
  eventsOf,
  type Guards,
  idle,
  nothingYet,
  type Replica,
  type Scene,
  type State,
  type Subscriber,
} from './state.ts';

/**
 * How a change becomes an effect elsewhere, step by step, small enough to visit every state.
 *
 * What lies in a database or at the broker is durable; what a process holds is lost when it is killed, which may happen between any
 * two steps. Each step is one atomic act of the real code: one read with the memory it fills, one write, one publish and its
 * ack. Nothing counts attempts, crashes or redeliveries: they may happen for ever.
 *
 * | step | code |
 * | --- | --- |
 * | reads the document | `readTogether` in `decideTogether`, book.ts |
 * | takes it for new | `createBlind`: `attempt` without a document, book.ts |
 * | finds it applied before | `appliedBefore` in `decideOn`, book.ts |
 * | loses the race | the `_id` taken, in `writeGuarded`; `decideTogether` reads again, book.ts |
 * | writes the fact | `updateOne` of the version read, with `upsert`, or `insertOne`, in `write`; then `outbox.announce`, book.ts |
 * | the sweep reads, takes up | `waiting`, outbox.ts; `enqueue`, relay.ts |
 * | publishes | `publish(envelope)` in `send`, relay.ts; `msgID` in `send`, streamKeeper.ts |
 * | inserts, pulls | `sentEvents.keep`, then `bulkWrite` with `$pull`, in `sent`, outbox.ts; `move`, relay.ts |
 * | is given a message | `for await` in `listen`, subscription.ts; then the reaction's `change` reads |
 * | writes the effect | as the fact, with `appliedAfter` |
 * | acknowledges | `message.ack()` in `hearWith`, hear.ts |
 * | parks | `parked.park` in `putAside`, hear.ts |
 * | takes up, lets go | `takeDue`, parkedEvents.ts; `parked.drop` in `hearParkedWith`, hear.ts |
 *
 * What is remembered, and what counts as applied before, the real `memory.ts` and `sequenceSet.ts` say.
 */
export const protocol = (scene: Scene, guards: Guards = allGuards): Model<State> => ({
  initial: inSharedParts(initialOf(scene)),
  *steps(state) {
    for (const step of producerSteps(state, scene, guards)) yield { ...step, to: inSharedParts(step.to) };
    for (const step of subscriberSteps(state, scene, guards)) yield { ...step, to: inSharedParts(step.to) };
  },
  keyOf: (state) => keyOf(state, scene),
  invariants: invariantsOf(scene),
  quiet: (state) => quiet(state, scene),
  sights,
});

const initialOf = ({ commands, handlers, relays, subscribers, workers }: Scene): State => {
  const subscriber: Subscriber = {
    document: { version: 0, effects: [], applied: [] },
    acked: [],
    parked: [],
    workers: Array.from({ length: workers }, () => null),
  };
  const state = {
    replicas: Array.from({ length: Math.max(handlers, relays) }, () => idle),
    stream: [],
    subscribers: Array.from({ length: subscribers }, () => subscriber),
  };
  if (handlers > 0) return { ...state, told: {}, document: nothingYet, sent: [] };
  return {
    ...state,
    told: Object.fromEntries(commands.map((command, n) => [command, n + 1])),
    document: { ...nothingYet, version: commands.length, facts: commands },
    sent: eventsOf({ facts: commands }),
  };
};

const quiet = ({ told, document, replicas, stream, subscribers }: State, { commands }: Scene): boolean =>
  commands.every((command) => told[command]) &&
  document.outbox.length === 0 &&
  replicas.every((replica) => replica === idle) &&
  (replicas.length > 0 || new Set(stream).size === document.facts.length) &&
  subscribers.every(
    ({ acked, parked, workers }) => acked.length === stream.length && parked.length === 0 && workers.every((hand) => !hand),
  );

const differ = (list: readonly unknown[]): boolean => new Set(list).size === list.length;

export const factOnce = 'no command has its fact twice in the document';
export const factKept = 'an answered command has its fact where its answer says';
export const eventKept = 'each event of the document waits in its outbox or is kept in events';
export const inOrder = 'the stream holds events of the document alone, and each for the first time in the order of the document';
export const noCopies = 'the stream holds no event twice while the duplicate window lasts';
export const effectOnce = 'no subscriber has the effect of an event twice';
export const streamedWhenQuiet = 'once quiet, each event of the document is in the stream';
export const appliedWhenQuiet = 'once quiet, each subscriber has the effect of each event of the document';

const invariantsOf = (scene: Scene): Model<State>['invariants'] => ({
  [factOnce]: ({ document }) => differ(document.facts),
  [factKept]: ({ told, document }) =>
    scene.commands.every((command) => {
      const answer = told[command];
      return !answer || document.facts[answer - 1] === command;
    }),
  [eventKept]: ({ document, sent }) =>
    eventsOf(document).every((event) => document.outbox.includes(event) || sent.includes(event)),
  [inOrder]: ({ document, stream }) => {
    const said = eventsOf(document);
    return [...new Set(stream)].every((event, n) => event === said[n]);
  },
  ...(scene.copies > 1 ? {} : { [noCopies]: ({ stream }) => differ(stream) }),
  [effectOnce]: ({ subscribers }) => subscribers.every(({ document }) => differ(document.effects)),
  [streamedWhenQuiet]: (state) => !quiet(state, scene) || eventsOf(state.document).every((event) => state.stream.includes(event)),
  [appliedWhenQuiet]: (state) =>
    !quiet(state, scene) ||
    eventsOf(state.document).every((event) => state.subscribers.every(({ document }) => document.effects.includes(event))),
});

const sights: Readonly<Record<string, (state: State) => boolean>> = {
  'two replicas handle the same command at once': ({ replicas: [one, two] }) =>
    one?.handling !== undefined && one.handling.command === two?.handling?.command,
  'two relays are about to publish the same event': ({ replicas: [one, two] }) =>
    one?.lane[0] !== undefined && one.lane[0] === two?.lane[0],
  'an event is in the stream while no relay knows of it and it still waits': ({ document, stream, replicas }) =>
    replicas.every((replica) => replica === idle) && document.outbox.some((event) => stream.includes(event)),
  'a copy came into the stream behind a later event': ({ stream }) => stream.join().startsWith('1a,2b,1a'),
  'an event was applied after a later one': ({ subscribers }) =>
    subscribers.some(({ document: { effects } }) => effects.some((event, n) => n > 0 && event < (effects[n - 1] as string))),
  'an applied event waits to be delivered again': ({ stream, subscribers }) =>
    subscribers.some(({ document, acked, workers }) =>
      stream.some((event, n) => document.effects.includes(event) && !acked.includes(n) && workers.every((hand) => !hand)),
    ),
  'a message is parked and delivered again': ({ stream, subscribers }) =>
    subscribers.some(({ acked, parked }) => stream.some((_, n) => parked.includes(n) && !acked.includes(n))),
  'two workers hold the same message': ({ subscribers }) =>
    subscribers.some(({ workers: [one, two] }) => one && two && one.position === two.position),
};
export const allSights: readonly string[] = Object.keys(sights);

/** Equal actors differ in nothing but their number: sorted, states that differ only by it count as one. */
const keyOf = ({ told, document, sent, replicas, stream, subscribers }: State, { handlers, relays }: Scene): string => {
  const producers = replicas.map(numberOf);
  if (handlers === relays) producers.sort();
  const one = `${numberOf(told)},${numberOf(document)},${numberOf(sent)},${numberOf(stream)}`;
  return `${one},${producers},${subscribers.map(numberOf).sort()}`;
};

const parts = new Map<string, object>();
const numbers = new Map<object, number>();

/** The one object that stands for all that are equal to it: kept once, compared by looking at none of it. */
const shared = <Part extends object>(part: Part, written: (part: Part) => string = JSON.stringify): Part => {
  if (numbers.has(part)) return part;
  const text = written(part);
  const before = parts.get(text);
  if (before) return before as Part;
  parts.set(text, part);
  numbers.set(part, numbers.size);
  return part;
};
const numberOf = (part: object): number => numbers.get(part) as number;

/** Most steps change a replica; this is several times as fast as writing out the document it has read. */
const replicaWritten = ({ handling, found, lane, acked, inserted }: Replica): string =>
  `${handling?.command} ${handling && numberOf(shared(handling.read))};${found};${lane};${acked};${inserted}`;

const inSharedParts = ({ told, document, sent, replicas, stream, subscribers }: State): State => ({
  told: shared(told),
  document: shared(document),
  sent: shared(sent),
  replicas: replicas.map((replica) => shared(replica, replicaWritten)),
  stream: shared(stream),
  subscribers: subscribers.map((subscriber) => shared(subscriber)),
});
