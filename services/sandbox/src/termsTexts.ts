import { createHash } from 'node:crypto';
import { failpoint } from '@umuhuza/eventing/failpoints';
import type { Connection } from 'mongoose';

/** The texts of terms, each under its own SHA-256. They are written before anything names them, and never change. */
export type TermsTexts = {
  /** The text's hash, once it lies where `find` finds it. */
  readonly keep: (text: string) => Promise<string>;
  readonly find: (hash: string) => Promise<string | undefined>;
};

export const openMongoTermsTexts = (connection: Connection): TermsTexts => {
  const texts = connection.collection<{ _id: string; text: string }>('termsTexts');
  return {
    keep: async (text) => {
      const hash = createHash('sha256').update(text, 'utf8').digest('hex');
      await failpoint('beforeKeepApart');
      await texts.updateOne({ _id: hash }, { $setOnInsert: { text } }, { upsert: true });
      await failpoint('afterKeepApart');
      return hash;
    },
    find: async (hash) => (await texts.findOne({ _id: hash }))?.text,
  };
};
