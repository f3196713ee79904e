import type { Envelope, EventDeclaration } from '@umuhuza/contracts/event';
import mongoose, { type Connection, type IndexDefinition, type IndexOptions, type Model } from 'mongoose';
import type { z } from 'zod';
import type { Answer, BookDocument } from './bookDocument.ts';
import { collidedOn, writeEach } from './bulk.ts';
import { type Cause, idFrom } from './cause.ts';
import { type Decision, isRefused, type Refused } from './decision.ts';
import { failpoint } from './failpoints.ts';
import { keyedQueue } from './keyedQueue.ts';
import { appliedAfter, appliedBefore, commandsAfter, mustBeRemembered, remembered } from './memory.ts';
import { mongoOutbox, type Outbox } from './outbox.ts';
import { sentEventsOf } from './sentEvents.ts';
import { together } from './together.ts';

/** The events a service may say, as it declares them in the contracts. */
export type EventDeclarations = Readonly<Record<string, EventDeclaration>>;

/** One public event before it has its envelope. */
export type PublicEvent<Events extends EventDeclarations> = {
  [Name in keyof Events & string]: { readonly type: Name; readonly data: z.input<Events[Name]['data']> };
}[keyof Events & string];

/**
 * How a change ended.
 * - `done`: the decision took effect, or there was nothing to do.
 * - `repeated`: this cause had been applied before; `answer` is the first one where one was kept.
 * - `refused`: the rule said no; nothing was written.
 * - `key-reused`: this key belongs to another request.
 */
export type Change<State, Refusal extends string, A extends Answer> =
  | { readonly outcome: 'done'; readonly state: State; readonly answer: A }
  | { readonly outcome: 'repeated'; readonly state: State; readonly answer: A }
  | ({ readonly outcome: 'refused' } & Refused<Refusal>)
  | { readonly outcome: 'key-reused' };

/** The one refusal that every edit shares: it was made on a view that is no longer the present one. */
export type StaleVersion = 'stale-version';

type ChangeDocument<State, Fact, Refusal extends string> = <R extends Refusal | StaleVersion, A extends Answer = Answer>(
  id: string,
  decide: (state: State, id: string) => Decision<Fact, R>,
  cause: Cause,
  answer?: (state: State) => A,
) => Promise<Change<State, R, A>>;

export type Book<State, Fact, Refusal extends string> = {
  /** The state, or undefined when there is no such aggregate. An outage throws. */
  readonly find: (id: string) => Promise<State | undefined>;
  /**
   * Reads, decides, evolves, and writes once. `answer` is computed from the state the decision led to, before the write, so that
   * it can be kept with it. Throws when the database cannot be reached or a unique lookup is taken (`UniqueTaken`).
   */
  readonly change: ChangeDocument<State, Fact, Refusal>;
  /**
   * The same for an id that is new unless this very cause was here before: writes first and reads only when it was, which saves a
   * round trip.
   */
  readonly create: ChangeDocument<State, Fact, Refusal>;
  readonly outbox: Outbox;
  /** For the adapter's lists; never for writing. */
  readonly documents: Model<BookDocument<State>>;
};

/** Another aggregate holds a value that must be unique. */
export class UniqueTaken extends Error {
  override readonly name = 'UniqueTaken';
}

/** A write that only takes effect on the version it was decided on. */
type GuardedWrite = Extract<Parameters<typeof writeEach>[1][number], { insertOne: unknown } | { updateOne: unknown }>;

const noContent: Answer = { status: 204, body: null };

export type BookOptions<State, Fact, Events extends EventDeclarations> = {
  /** The service, as in the events' source and subject. */
  readonly service: string;
  /** The collection's name. */
  readonly name: string;
  /** The state of an aggregate that does not exist yet. */
  readonly initial: State;
  readonly evolve: (state: State, fact: Fact) => State;
  readonly events: Events;
  /** What a fact says to others: the only door out of the service. */
  readonly publicEvents: (id: string, fact: Fact, after: State, before: State) => readonly PublicEvent<Events>[];
  readonly lookup?: (state: State) => Record<string, unknown>;
  readonly indexes?: readonly (readonly [IndexDefinition, IndexOptions?])[];
};

const documentSchema = () =>
  new mongoose.Schema(
    {
      _id: { type: String, required: true },
      version: { type: Number, required: true },
      state: mongoose.Schema.Types.Mixed,
      sequence: { type: Number, required: true },
      outbox: { type: [mongoose.Schema.Types.Mixed], default: [] },
      commands: { type: [mongoose.Schema.Types.Mixed], default: [] },
      applied: { type: [mongoose.Schema.Types.Mixed], default: [] },
      lookup: mongoose.Schema.Types.Mixed,
    },
    { versionKey: false, minimize: false, autoIndex: false, autoCreate: false },
  );

/** Opens the collection that holds the aggregates of one kind, its indexes made first. */
export const openBook = async <State, Fact, Refusal extends string, const Events extends EventDeclarations>(
  connection: Connection,
  options: BookOptions<State, Fact, Events>,
): Promise<Book<State, Fact, Refusal>> => {
  const schema = documentSchema();
  schema.index({ 'outbox.id': 1 });
  for (const [fields, indexOptions] of options.indexes ?? []) schema.index(fields, indexOptions);
  const documents = connection.model(options.name, schema, options.name) as unknown as Model<BookDocument<State>>;
  await Promise.all([documents.createIndexes(), sentEventsOf(connection).createIndexes()]);

  const outbox = mongoOutbox(connection, documents);
  const oneAtATime = keyedQueue();
  const writeTogether = together((writes: readonly GuardedWrite[]) => writeEach(documents.collection as never, writes));

  const tell = (event: PublicEvent<Events>, id: string, sequence: number, cause: Cause): Envelope => {
    const declaration = options.events[event.type];
    if (!declaration) throw new Error(`${options.service} does not declare an event ${event.type}`);
    return {
      specversion: '1.0',
      id: idFrom({ id: `${options.service}/${id}/${sequence}` }, cause.id),
      source: `/${options.service}`,
      type: `umuhuza.${options.service}.${event.type}.v${declaration.version}`,
      subject: id,
      time: cause.at,
      datacontenttype: 'application/json',
      sequence,
      correlationid: cause.correlationId,
      causationid: cause.id,
      ...(cause.traceparent === undefined ? {} : { traceparent: cause.traceparent }),
      data: declaration.data.parse(event.data) as Record<string, unknown>,
    };
  };

  const attempt = async <R extends Refusal | StaleVersion, A extends Answer>(
    id: string,
    decide: (state: State, id: string) => Decision<Fact, R>,
    cause: Cause,
    answer: (state: State) => A,
    document: BookDocument<State> | null,
  ): Promise<Change<State, R, A> | 'lost-race'> => {
    const before = document ? document.state : options.initial;

    const known = document && appliedBefore(document, cause);
    if (known === 'other-request') return { outcome: 'key-reused' };
    if (known) return { outcome: 'repeated', state: before, answer: (known === true ? answer(before) : known) as A };

    const decision = decide(before, id);
    const facts = isRefused(decision) ? [] : decision;
    if (facts.length === 0 && !(document && mustBeRemembered(cause, isRefused(decision)))) {
      return isRefused(decision)
        ? { outcome: 'refused', ...decision }
        : { outcome: 'done', state: before, answer: answer(before) };
    }

    const told: Envelope[] = [];
    let state = before;
    let sequence = document?.sequence ?? 0;
    for (const fact of facts) {
      const after = options.evolve(state, fact);
      for (const event of options.publicEvents(id, fact, after, state)) {
        sequence += 1;
        told.push(tell(event, id, sequence, cause));
      }
      state = after;
    }

    const answered = answer(state);
    await failpoint('beforeWrite');
    const written = await write(document, { id, state, sequence, told, cause, answered, changed: facts.length > 0 });
    await failpoint('afterWrite');
    if (!written) return 'lost-race';
    if (told.length > 0) outbox.announce(id, [...(document?.outbox ?? []), ...told]);
    return isRefused(decision) ? { outcome: 'refused', ...decision } : { outcome: 'done', state, answer: answered };
  };

  const write = async (
    document: BookDocument<State> | null,
    next: { id: string; state: State; sequence: number; told: Envelope[]; cause: Cause; answered: Answer; changed: boolean },
  ): Promise<boolean> => {
    const { id, state, sequence, told, cause } = next;
    const command = remembered(cause, next.answered);
    const applied = appliedAfter(document?.applied ?? [], cause);
    const lookup = options.lookup?.(state) ?? {};
    if (!document)
      return writeGuarded({
        insertOne: {
          document: {
            _id: id as never,
            version: 1,
            state,
            sequence,
            outbox: told,
            commands: commandsAfter([], command, cause.at).commands,
            applied,
            lookup,
          },
        },
      });
    const { commands, tidied } = commandsAfter(document.commands, command, cause.at);
    const pushed = {
      ...(told.length > 0 ? { outbox: { $each: told } } : {}),
      ...(command && !tidied ? { commands: command } : {}),
    };
    return writeGuarded({
      updateOne: {
        filter: { _id: id as never, version: document.version },
        update: {
          $set: {
            version: document.version + 1,
            ...(next.changed ? { state, sequence, lookup } : {}),
            ...(applied === document.applied ? {} : { applied }),
            ...(tidied ? { commands } : {}),
          },
          ...(Object.keys(pushed).length > 0 ? { $push: pushed as never } : {}),
        },
        // Of many writes in one round trip only an error is told apart: with another version there, this collides on `_id`.
        upsert: true,
      },
    });
  };

  /** False when somebody else wrote first. */
  const writeGuarded = async (write: GuardedWrite): Promise<boolean> => {
    try {
      const { upserted } = await writeTogether(write);
      if (!upserted) return true;
    } catch (error) {
      const index = collidedOn(error);
      if (index === '_id_') return false;
      if (index) throw new UniqueTaken(`${options.name}: ${index} is taken`, { cause: error });
      throw error;
    }
    // The document was deleted by hand between the read and the write: half of one is none.
    if ('updateOne' in write) {
      const { _id, version } = write.updateOne.filter;
      await documents.collection.deleteOne({ _id, version: Number(version) + 1 } as never);
    }
    return false;
  };

  const readTogether = together(async (ids: readonly string[]) => {
    const found = await documents.collection.find({ _id: { $in: [...new Set(ids)] } } as never).toArray();
    const byId = new Map((found as unknown as BookDocument<State>[]).map((document) => [document._id, document]));
    return ids.map((id) => ({ value: byId.get(id) ?? null }));
  });

  const untilWritten: ChangeDocument<State, Fact, Refusal> = async (id, decide, cause, answer = () => noContent as never) => {
    for (;;) {
      const ended = await attempt(id, decide, cause, answer, await readTogether(id));
      if (ended !== 'lost-race') return ended;
    }
  };

  return {
    find: async (id) => {
      const document = await documents.collection.findOne({ _id: id } as never, { projection: { state: 1 } });
      return document ? (document as unknown as BookDocument<State>).state : undefined;
    },
    change: (id, decide, cause, answer) => oneAtATime(id, () => untilWritten(id, decide, cause, answer)),
    create: (id, decide, cause, answer = () => noContent as never) =>
      oneAtATime(id, async () => {
        const blind = await attempt(id, decide, cause, answer, null);
        // Only what was written is certain: a refusal may be the second look at a command that was accepted.
        return blind !== 'lost-race' && blind.outcome === 'done' && blind.state !== options.initial
          ? blind
          : untilWritten(id, decide, cause, answer);
      }),
    outbox,
    documents,
  };
};
