import mongoose, { type Connection, type Model } from 'mongoose';
import type { Answer } from './bookDocument.ts';
import { collidedOn, writeEach } from './bulk.ts';
import type { Refused } from './decision.ts';
import { type Commands, forgottenAt } from './memory.ts';

/**
 * What a document remembered of a command until it had to make room for newer ones. Its id is made of the book, the aggregate and the
 * command's id as the document had it; `told` is the answer or the refusal in JSON.
 */
type Row = { _id: string; fingerprint: string; at: Date; told?: string; forgottenAt: Date };

export type FirstAnswers = {
  /** What is there already stays: it is the same, put there before a crash or by another replica. */
  readonly keep: (aggregate: string, commands: Commands) => Promise<void>;
  /** What lies here of these commands, by their ids. */
  readonly find: (aggregate: string, ids: readonly string[]) => Promise<ReadonlyMap<string, Commands[number]>>;
};

export const firstAnswersOf = (connection: Connection): Model<Row> =>
  (connection.models.answers as unknown as Model<Row> | undefined) ??
  connection.model<Row>(
    'answers',
    new mongoose.Schema<Row>(
      {
        _id: { type: String, required: true },
        fingerprint: { type: String, required: true },
        at: { type: Date, required: true },
        told: String,
        forgottenAt: { type: Date, required: true },
      },
      { versionKey: false, autoIndex: false, autoCreate: false },
    ).index({ forgottenAt: 1 }, { expireAfterSeconds: 0 }),
    'answers',
  );

/** The first answers that the documents of one book have no room for. */
export const mongoFirstAnswers = (connection: Connection, book: string): FirstAnswers => {
  const answers = firstAnswersOf(connection).collection as unknown as mongoose.mongo.Collection<Row>;
  const idOf = (aggregate: string, command: string) => JSON.stringify([book, aggregate, command]);
  return {
    keep: async (aggregate, commands) => {
      const ended = await writeEach(
        answers as never,
        commands.map(({ id, fingerprint, at, answer, refusal }) => {
          const told = answer ?? refusal;
          return {
            updateOne: {
              filter: { _id: idOf(aggregate, id) as never },
              update: {
                $set: {
                  ...{ fingerprint, at, forgottenAt: forgottenAt(at.toISOString()) },
                  ...(told ? { told: JSON.stringify(told) } : {}),
                },
              },
              upsert: true,
            },
          };
        }),
      );
      // Another replica put the same there at the same moment.
      for (const one of ended) if ('error' in one && collidedOn(one.error) !== '_id_') throw one.error;
    },
    find: async (aggregate, ids) => {
      if (ids.length === 0) return new Map();
      const byRow = new Map(ids.map((id) => [idOf(aggregate, id), id]));
      const found = await answers.find({ _id: { $in: [...byRow.keys()] } }).toArray();
      return new Map(
        found.map(({ _id, fingerprint, at, told }) => {
          const id = byRow.get(_id) ?? _id;
          return [id, { id, fingerprint, at, bytes: told?.length ?? 0, ...(told === undefined ? {} : read(told)) }];
        }),
      );
    },
  };
};

const read = (told: string): { readonly answer: Answer } | { readonly refusal: Refused<string> } => {
  const first = JSON.parse(told) as Answer | Refused<string>;
  return 'refused' in first ? { refusal: first } : { answer: first };
};
