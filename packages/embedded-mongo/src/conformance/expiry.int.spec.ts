import { describe, expect, it } from 'vitest';
import { testDatabase } from './database.ts';

const test = testDatabase();

describe('a TTL index', () => {
  it('ends documents whose date has passed, and no others', async () => {
    const things = test.things();
    await things.createIndex({ until: 1 }, { expireAfterSeconds: 0 });
    await things.createIndex({ seen: -1 }, { expireAfterSeconds: 3600 });
    await things.createIndex({ 'visits.at': 1 }, { expireAfterSeconds: 0 });
    await things.createIndex({ 'calls.at': -1 }, { expireAfterSeconds: 0 });
    const past = new Date(Date.now() - 1000);
    const before = (milliseconds: number) => new Date(past.getTime() - milliseconds);
    const later = new Date(Date.now() + 3_600_000);
    await things.insertMany([
      { _id: 'past', until: past },
      { _id: 'list', until: [later, past] },
      { _id: 'future', until: later },
      { _id: 'text', until: 'yesterday' },
      { _id: 'none' },
      { _id: 'seen', seen: new Date(Date.now() - 7_200_000) },
      { _id: 'recent', seen: past },
      { _id: 'within', visits: [{ at: before(3) }, { at: later }, 'none'] },
      { _id: 'behind within', visits: { at: before(2) } },
      { _id: 'not yet within', visits: [{ at: later }, { at: 'yesterday' }] },
      { _id: 'called', calls: [{ at: later }, { at: before(3) }] },
      { _id: 'called later', calls: [{ at: before(2) }] },
    ] as never);
    // A server looks once a minute, and may be busy with others first.
    await expect
      .poll(() => test.ids({}), { timeout: 150_000, interval: 500 })
      .toEqual(['future', 'none', 'not yet within', 'recent', 'text']);
  }, 180_000);
});
