import type { BookDocument } from '../bookDocument.ts';
import type { CommandCause, EventCause } from '../cause.ts';

/** A command by the id its cause has: `commandId` in `cause.ts`. */
export type Command = 'a' | 'b' | 'c';

/** An event by its id. Like `tell` in `book.ts`, it is made of the sequence and of the cause's id: `2b`. */
export type EventId = `${number}${Command}`;
export const eventId = (sequence: number, cause: Command): EventId => `${sequence}${cause}`;
export const sequenceOf = (event: EventId): number => Number.parseInt(event, 10);

const traced = { correlationId: '', actor: 'platform', at: '2026-11-23T12:00:00Z' } as const;
export const causeOf = (command: Command): CommandCause => causes[command];
const commandCause = (id: Command): CommandCause => ({ ...traced, kind: 'command', id, fingerprint: id, repeatable: true });
const causes = { a: commandCause('a'), b: commandCause('b'), c: commandCause('c') };
export const causedBy = (event: EventId): EventCause => ({
  ...traced,
  kind: 'event',
  id: event,
  aggregate: 'producer',
  sequence: sequenceOf(event),
});

/** `BookDocument` of the producer. Each fact says one public event, so the count of facts is `sequence`. */
export type ProducerDocument = {
  readonly version: number;
  /** The state: by which command each fact came. */
  readonly facts: readonly Command[];
  readonly outbox: readonly EventId[];
  /** Each with the answer it was given: the number of its fact. */
  readonly commands: BookDocument<unknown>['commands'];
};

/** One process of the producing service. All of it is memory: a crash leaves an idle one. */
export type Replica = {
  /** A request between `findOne` and the write. */
  readonly handling?: { readonly command: Command; readonly read: ProducerDocument } | undefined;
  /** `found` of the relay's sweep, between its read of the outbox and `enqueue`. */
  readonly found?: readonly EventId[] | undefined;
  /** The aggregate's lane: what is still to be published, the first of it under way. */
  readonly lane: readonly EventId[];
  /** Acknowledged by the broker, not yet being moved. */
  readonly acked: readonly EventId[];
  /** Inserted into `events`, not yet pulled from the outbox. */
  readonly inserted: readonly EventId[];
};
/** What there is before the first write, and what a `create` takes for granted without reading. */
export const nothingYet: ProducerDocument = { version: 0, facts: [], outbox: [], commands: [] };

export const idle: Replica = { lane: [], acked: [], inserted: [] };

/** `BookDocument` of a subscriber, as far as this source aggregate concerns it. */
export type SubscriberDocument = {
  readonly version: number;
  /** The state: the effect of each event, in the order they were applied. */
  readonly effects: readonly EventId[];
  readonly applied: BookDocument<unknown>['applied'];
};

/**
 * A message that is being heard: `read` is the subscriber's document as its `change` found it, null once all that is left is the ack.
 * `parked`: it comes from the parked events and not from the broker. `thrown`: its reaction threw, and it is to be parked.
 */
export type Hand = {
  readonly position: number;
  readonly read: SubscriberDocument | null;
  readonly parked?: true;
  readonly thrown?: true;
};

export type Subscriber = {
  readonly document: SubscriberDocument;
  /** What its durable consumer holds for acknowledged, as positions in the stream. */
  readonly acked: readonly number[];
  /** The collection `parkedEvents`, as positions in the stream. */
  readonly parked: readonly number[];
  /** One a process; within a process `keyedQueue` takes one message of an aggregate at a time. */
  readonly workers: readonly (Hand | null)[];
};

export type State = {
  /** What each client was told, by its command; 0 while it still asks. */
  readonly told: Readonly<Partial<Record<Command, number>>>;
  readonly document: ProducerDocument;
  /** The collection `events`. */
  readonly sent: readonly EventId[];
  readonly replicas: readonly Replica[];
  readonly stream: readonly EventId[];
  readonly subscribers: readonly Subscriber[];
};

/** What one exploration holds; every number is a bound on what can be there, none on how often something happens. */
export type Scene = {
  readonly commands: readonly Command[];
  /** Processes of the producing service that handle requests. None: any stream that relays may bring about just appears. */
  readonly handlers: number;
  /** Processes of the producing service that relay; the first of them are the handlers too. */
  readonly relays: number;
  readonly subscribers: number;
  /** Processes of each subscribing service. */
  readonly workers: number;
  /** Whether a sweep may also read what is all under way, and take it up once that has ended. */
  readonly staleSweeps: boolean;
  /** How often the stream may hold one event. 1: the broker's duplicate window never passes. More: it may pass at any moment. */
  readonly copies: number;
  /** Whether reactions may throw, so that messages are parked. */
  readonly parks: boolean;
};

/** What protects; each can be switched off to see that it is needed. */
export type Guards = {
  /** The message id is the event's id, and the broker drops what it has seen within its window (`streamKeeper.ts`). */
  readonly messageId: boolean;
  /** `appliedBefore` for commands (`memory.ts`). */
  readonly causes: boolean;
  /** The write's filter on `version`, and the unique `_id` of an insert. */
  readonly version: boolean;
  /** `appliedBefore` for events (`memory.ts`): by the set of all applied sequences, by the highest alone, or not at all. */
  readonly memory: 'set' | 'highest' | 'none';
  /** `message.ack()` only after the reaction has settled (`hear.ts`). */
  readonly applyBeforeAck: boolean;
  /** What a reaction threw at is acknowledged only after it is parked (`hear.ts`). */
  readonly parkBeforeAck: boolean;
  /** Only what is in `acked` leaves the outbox (`relay.ts`). */
  readonly ackBeforeMove: boolean;
  /** A lane ends at the first failure, so that nothing overtakes what failed (`relay.ts`). */
  readonly oneByOne: boolean;
  /** `announce` is given all that waited before, not only what was just said (`book.ts`). */
  readonly announcesAll: boolean;
  /** `insertMany` into `events`, then `$pull` (`outbox.ts`). */
  readonly insertBeforePull: boolean;
  /** The relay's look for what a crash left behind. */
  readonly sweeps: boolean;
};

export const allGuards: Guards = {
  messageId: true,
  causes: true,
  version: true,
  memory: 'set',
  applyBeforeAck: true,
  parkBeforeAck: true,
  ackBeforeMove: true,
  oneByOne: true,
  announcesAll: true,
  insertBeforePull: true,
  sweeps: true,
};

/** What is remembered, in the shape the real `memory.ts` reads. */
export const asBook = (memory: Partial<Pick<BookDocument<unknown>, 'commands' | 'applied'>>): BookDocument<unknown> => ({
  _id: '',
  version: 0,
  state: undefined,
  sequence: 0,
  outbox: [],
  lookup: {},
  commands: memory.commands ?? [],
  applied: memory.applied ?? [],
});

/** The events the document has said, in order. */
export const eventsOf = ({ facts }: Pick<ProducerDocument, 'facts'>): EventId[] =>
  facts.map((command, n) => eventId(n + 1, command));
