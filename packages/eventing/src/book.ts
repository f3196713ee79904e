import type { Envelope, EventDeclaration } from '@umuhuza/contracts/event';
import mongoose, { type Connection, type IndexDefinition, type IndexOptions, type Model } from 'mongoose';
import type { z } from 'zod';
import type { Answer, BookDocument } from './bookDocument.ts';
import { collidedOn, writeEach } from './bulk.ts';
import { type Cause, idFrom } from './cause.ts';
import { type Decision, isRefused, type Refused } from './decision.ts';
import { type Draft, draftOf, isThere, withChange } from './draft.ts';
import { failpoint } from './failpoints.ts';
import { firstAnswersOf, mongoFirstAnswers } from './firstAnswers.ts';
import { appliedBefore, type Commands, mayLieElsewhere, mustBeRemembered } from './memory.ts';
import { isOutage } from './outage.ts';
import { mongoOutbox, type Outbox } from './outbox.ts';
import { sentEventsOf } from './sentEvents.ts';
import { type Ended, together } from './together.ts';

/** The events a service may say, as it declares them in the contracts. */
export type EventDeclarations = Readonly<Record<string, EventDeclaration>>;

/** One public event before it has its envelope. */
export type PublicEvent<Events extends EventDeclarations> = {
  [Name in keyof Events & string]: { readonly type: Name; readonly data: z.input<Events[Name]['data']> };
}[keyof Events & string];

/**
 * How a change ended.
 * - `done`: the decision took effect, or there was nothing to do.
 * - `repeated`: this cause had been applied before; `answer` is the first one.
 * - `refused`: the rule said no, now or when this very cause was here first; nothing took effect.
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

type AnyChange = Change<unknown, string, Answer>;

/** Somebody who waits for an aggregate to be changed. */
type Asked<State, Fact> = {
  readonly id: string;
  readonly decide: (state: State, id: string) => Decision<Fact, string>;
  readonly cause: Cause;
  readonly answer: (state: State) => Answer;
  /** The aggregate is expected not to be there. */
  readonly isNew: boolean;
  readonly resolve: (change: AnyChange) => void;
  readonly reject: (error: unknown) => void;
};

/** How many who wait for one aggregate are decided for in one write at most. */
const mostInOneWrite = 64;

const noContent: Answer = { status: 204, body: null };

export type Packing<State> = { readonly pack: (state: State) => unknown; readonly unpack: (stored: unknown) => State };
const asItIs = <State>(): Packing<State> => ({ pack: (state) => state, unpack: (stored) => stored as State });

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
  readonly lookup?: (state: State, id: string) => Record<string, unknown>;
  /** How the state lies in its document, where not as it is. What an earlier version has written must be readable, too. */
  readonly packing?: Packing<State>;
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
      past: String,
      elsewhere: { type: [mongoose.Schema.Types.Mixed], default: undefined },
      applied: { type: [mongoose.Schema.Types.Mixed], default: [] },
      absentUntil: Date,
      lookup: mongoose.Schema.Types.Mixed,
    },
    { versionKey: false, minimize: false, autoIndex: false, autoCreate: false },
  );

/** Opens the collection that holds the aggregates of one kind, its indexes made first. */
export const openBook = async <State, Fact, Refusal extends string, const Events extends EventDeclarations>(
  connection: Connection,
  options: BookOptions<State, Fact, Events>,
): Promise<Book<State, Fact, Refusal>> => {
  const { pack, unpack } = options.packing ?? asItIs<State>();
  const schema = documentSchema();
  schema.index({ 'outbox.id': 1 });
  schema.index({ absentUntil: 1 }, { expireAfterSeconds: 0, sparse: true });
  for (const [fields, indexOptions] of options.indexes ?? []) schema.index(fields, indexOptions);
  const documents = connection.model(options.name, schema, options.name) as unknown as Model<BookDocument<State>>;
  await Promise.all([
    documents.createIndexes(),
    ...[sentEventsOf(connection), firstAnswersOf(connection)].map((shared) => shared.createIndexes()),
  ]);

  const firstAnswers = mongoFirstAnswers(connection, options.name);
  const outbox = mongoOutbox(connection, documents);
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

  /** What one of those who ask is told, and the draft with it. Throws what its rule throws, which changes nothing. */
  const decideOn = (
    draft: Draft<State>,
    { id, decide, cause, answer }: Asked<State, Fact>,
    elsewhere: Commands[number] | undefined,
  ): { change: AnyChange; draft: Draft<State> } => {
    const { state: before, sequence } = draft.page;
    const known = (draft.stored !== null || draft.touched) && appliedBefore(draft.page, cause, elsewhere);
    if (known === 'other-request') return { draft, change: { outcome: 'key-reused' } };
    if (typeof known === 'object' && 'refused' in known) return { draft, change: { outcome: 'refused', ...known } };
    if (known) return { draft, change: { outcome: 'repeated', state: before, answer: known === true ? answer(before) : known } };

    const decision = decide(before, id);
    const facts = isRefused(decision) ? [] : decision;
    if (facts.length === 0 && !mustBeRemembered(cause, isThere(draft))) {
      const change: AnyChange = isRefused(decision)
        ? { outcome: 'refused', ...decision }
        : { outcome: 'done', state: before, answer: answer(before) };
      return { draft, change };
    }

    const told: Envelope[] = [];
    let state = before;
    for (const fact of facts) {
      const after = options.evolve(state, fact);
      for (const event of options.publicEvents(id, fact, after, state))
        told.push(tell(event, id, sequence + told.length + 1, cause));
      state = after;
    }
    if (isRefused(decision))
      return {
        draft: withChange(draft, { state, told, cause, answered: { refusal: decision }, changed: false }),
        change: { outcome: 'refused', ...decision },
      };
    const answered = answer(state);
    return {
      draft: withChange(draft, { state, told, cause, answered: { answer: answered }, changed: facts.length > 0 }),
      change: { outcome: 'done', state, answer: answered },
    };
  };

  /**
   * Decides for all who wait for this aggregate, one after the other on what the one before led to, and writes once; nobody is
   * answered before. False when somebody else wrote meanwhile: then nothing was decided.
   */
  const attempt = async (
    id: string,
    group: readonly Asked<State, Fact>[],
    stored: BookDocument<State> | null,
  ): Promise<boolean> => {
    let draft = draftOf(id, stored, options.initial);
    const away = stored ? group.flatMap(({ cause }) => (mayLieElsewhere(stored, cause) ? [cause.id] : [])) : [];
    const elsewhere = await firstAnswers.find(id, away);
    const endings: (() => void)[] = [];
    for (const asked of group) {
      try {
        // What was put apart for one who asked before in this group is still what the next is told.
        const { id: asking } = asked.cause;
        const apart = elsewhere.get(asking) ?? draft.moved.find((command) => command.id === asking);
        const decided = decideOn(draft, asked, apart);
        draft = decided.draft;
        endings.push(() => asked.resolve(decided.change));
      } catch (error) {
        endings.push(() => asked.reject(error));
      }
    }
    if (draft.touched) {
      // A crash in between leaves it at both places; that it lies in the document no more is certain only after the write.
      if (draft.moved.length > 0) await firstAnswers.keep(id, draft.moved);
      await failpoint('beforeWrite');
      const written = await write(draft);
      await failpoint('afterWrite');
      if (!written) return false;
      if (draft.told.length > 0) outbox.announce(id, draft.page.outbox);
    }
    for (const end of endings) end();
    return true;
  };

  const write = ({ stored, page, told, commands, tidied, changed }: Draft<State>): Promise<boolean> => {
    const { _id, state, sequence, applied, absentUntil, past, elsewhere } = page;
    const lookup = options.lookup?.(state, _id) ?? {};
    if (!stored)
      return writeGuarded({ insertOne: { document: { ...page, _id: _id as never, version: 1, state: pack(state), lookup } } });
    const pushed = {
      ...(told.length > 0 ? { outbox: { $each: told } } : {}),
      ...(commands.length > 0 && !tidied ? { commands: { $each: commands } } : {}),
    };
    return writeGuarded({
      updateOne: {
        filter: { _id: _id as never, version: stored.version },
        update: {
          $set: {
            version: stored.version + 1,
            ...(changed ? { state: pack(state), sequence, lookup } : {}),
            ...(applied === stored.applied ? {} : { applied }),
            ...(absentUntil === undefined ? {} : { absentUntil }),
            ...(tidied
              ? {
                  commands: page.commands,
                  ...(past === undefined ? {} : { past }),
                  ...(elsewhere === undefined ? {} : { elsewhere }),
                }
              : {}),
          },
          ...(stored.absentUntil !== undefined && absentUntil === undefined ? { $unset: { absentUntil: '' } } : {}),
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
    // The document was deleted, by hand or as its time was over, between the read and the write: half of one is none.
    if ('updateOne' in write) {
      const { _id, version } = write.updateOne.filter;
      await documents.collection.deleteOne({ _id, version: Number(version) + 1 } as never);
    }
    return false;
  };

  /** One whose state cannot be read fails only those who asked for it. */
  const readOne = (document: BookDocument<unknown> | undefined): Ended<BookDocument<State> | null> => {
    try {
      return { value: document ? { ...document, state: unpack(document.state) } : null };
    } catch (error) {
      return { error };
    }
  };

  const readTogether = together(async (ids: readonly string[]) => {
    const found = await documents.collection.find({ _id: { $in: [...new Set(ids)] } } as never).toArray();
    const byId = new Map((found as unknown as BookDocument<unknown>[]).map((document) => [document._id, document]));
    return ids.map((id) => readOne(byId.get(id)));
  });

  const decideTogether = async (id: string, group: readonly Asked<State, Fact>[]): Promise<void> => {
    const [only] = group;
    if (group.length === 1 && only?.isNew && (await createBlind(id, only))) return;
    for (;;) if (await attempt(id, group, await readTogether(id))) return;
  };

  /** Only what was written is certain: what was not remembered may be the second look at a command that was decided before. */
  const createBlind = async (id: string, asked: Asked<State, Fact>): Promise<boolean> => {
    let certain: AnyChange | undefined;
    const note = (change: AnyChange) => {
      if (mustBeRemembered(asked.cause, false) || (change.outcome === 'done' && change.state !== options.initial))
        certain = change;
    };
    const written = await attempt(id, [{ ...asked, resolve: note }], null);
    if (written && certain) asked.resolve(certain);
    return written && certain !== undefined;
  };

  /** A failure of the group's write is the fault of one of them, unless the database is away: then each is tried by itself. */
  const decideInTurn = async (id: string, group: readonly Asked<State, Fact>[]): Promise<void> => {
    try {
      await decideTogether(id, group);
    } catch (error) {
      if (group.length === 1 || isOutage(error)) for (const { reject } of group) reject(error);
      else for (const asked of group) await decideInTurn(id, [asked]);
    }
  };

  const waiting = new Map<string, Asked<State, Fact>[]>();
  /** Whoever asks while an aggregate is being changed is decided for in its next write, together with all who wait. */
  const ask = async (asked: Asked<State, Fact>): Promise<void> => {
    const queue = waiting.get(asked.id);
    if (queue) return void queue.push(asked);
    const mine = [asked];
    waiting.set(asked.id, mine);
    while (mine.length > 0) await decideInTurn(asked.id, mine.splice(0, mostInOneWrite));
    waiting.delete(asked.id);
  };
  const changeWith =
    (isNew: boolean): ChangeDocument<State, Fact, Refusal> =>
    (id, decide, cause, answer = () => noContent as never) =>
      new Promise((resolve, reject) => void ask({ id, decide, cause, answer, isNew, resolve: resolve as never, reject }));

  return {
    find: async (id) => {
      const found = await documents.collection.findOne({ _id: id } as never, { projection: { state: 1, absentUntil: 1 } });
      const document = found as unknown as BookDocument<unknown> | null;
      return document && document.absentUntil === undefined ? unpack(document.state) : undefined;
    },
    change: changeWith(false),
    create: changeWith(true),
    outbox,
    documents,
  };
};
