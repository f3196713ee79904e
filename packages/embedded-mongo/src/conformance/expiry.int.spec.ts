import { describe, expect, it } from 'vitest';
import { testDatabase } from './database.ts';

const test = testDatabase();

describe('a TTL index', () => {
  it('ends documents whose date has passed, and no others', async () => {
    const things = test.things();
    await things.createIndex({ until: 1 }, { expireAfterSeconds: 0 });
    await things.createIndex({ seen: -1 }, { expireAfterSeconds: 3600 });
    const past = new Date(Date.now() - 1000);
    const later = new Date(Date.now() + 3_600_000);
    await things.insertMany([
      { _id: 'past', until: past },
      { _id: 'list', until: [later, past] },
      { _id: 'future', until: later },
      { _id: 'text', until: 'yesterday' },
      { _id: 'none' },
      { _id: 'seen', seen: new Date(Date.now() - 7_200_000) },
      { _id: 'recent', seen: past },
    ] as never);
    // A server looks once a minute, and may be busy with others first.
    await expect.poll(() => test.ids({}), { timeout: 150_000, interval: 500 }).toEqual(['future', 'none', 'recent', 'text']);
  }, 180_000);
});
