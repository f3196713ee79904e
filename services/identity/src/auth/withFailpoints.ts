import type { mongodbAdapter } from '@better-auth/mongo-adapter';
import { failpoint } from '@umuhuza/eventing/failpoints';

type Database = ReturnType<typeof mongodbAdapter>;
type Adapter = ReturnType<Database>;

/** A process can be made to die before and after whatever better-auth writes. */
export const withFailpoints =
  (database: Database): Database =>
  (options) => {
    const inner = database(options);
    const around =
      <Given extends readonly unknown[], Written>(write: (...given: Given) => Promise<Written>) =>
      async (...given: Given): Promise<Written> => {
        await failpoint('beforeAccount');
        const written = await write(...given);
        await failpoint('afterAccount');
        return written;
      };
    const outer: Adapter = {
      ...inner,
      create: around(inner.create) as Adapter['create'],
      update: around(inner.update) as Adapter['update'],
      updateMany: around(inner.updateMany),
      delete: around(inner.delete),
      deleteMany: around(inner.deleteMany),
      consumeOne: around(inner.consumeOne) as Adapter['consumeOne'],
      incrementOne: around(inner.incrementOne) as Adapter['incrementOne'],
      transaction: (work) => work(outer),
    };
    return outer;
  };
