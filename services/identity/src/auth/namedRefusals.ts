import type { mongodbAdapter } from '@better-auth/mongo-adapter';
import { APIError } from 'better-auth/api';
import mongoose from 'mongoose';

type Database = ReturnType<typeof mongodbAdapter>;
type Adapter = ReturnType<Database>;

/** What it means that a unique value of this model is taken, in better-auth's own words. */
const taken: Readonly<
  Record<string, { readonly status: 'BAD_REQUEST' | 'UNPROCESSABLE_ENTITY'; readonly code: string; readonly message: string }>
> = {
  user: {
    status: 'UNPROCESSABLE_ENTITY',
    code: 'USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL',
    message: 'User already exists. Use another email.',
  },
  organization: { status: 'BAD_REQUEST', code: 'ORGANIZATION_ALREADY_EXISTS', message: 'Organization already exists' },
  member: {
    status: 'BAD_REQUEST',
    code: 'USER_IS_ALREADY_A_MEMBER_OF_THIS_ORGANIZATION',
    message: 'User is already a member of this organization',
  },
};

/**
 * better-auth looks whether a value is free, then writes. Who loses the race in between meets our unique index, which better-auth would
 * answer as a failure of its own: here it becomes the refusal that the look would have given. Everything else goes through as it is.
 */
export const namedRefusals =
  (database: Database): Database =>
  (options) => {
    const inner = database(options);
    const outer: Adapter = {
      ...inner,
      create: async (written) => {
        try {
          return await inner.create(written);
        } catch (error) {
          const refusal = isDuplicate(error) ? taken[written.model] : undefined;
          if (!refusal) throw error;
          throw new APIError(refusal.status, { code: refusal.code, message: refusal.message });
        }
      },
      // There are no transactions; what runs in one still has to come through here.
      transaction: (work) => work(outer),
    };
    return outer;
  };

export const isDuplicate = (error: unknown): boolean =>
  error instanceof Error && error.name === mongoose.mongo.MongoServerError.name && 'code' in error && error.code === 11000;
