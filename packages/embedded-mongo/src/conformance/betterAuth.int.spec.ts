import { mongodbAdapter } from '@better-auth/mongo-adapter';
import { ObjectId } from 'mongodb';
import { describe, expect, it } from 'vitest';
import { testDatabase } from './database.ts';

const test = testDatabase();
const open = () => mongodbAdapter(test.db() as never)({});

const person = (email: string) => ({
  name: email.split('@')[0],
  email,
  emailVerified: false,
  createdAt: new Date(),
  updatedAt: new Date(),
});
const session = (userId: string, token: string) => ({
  userId,
  token,
  expiresAt: new Date(Date.now() + 60_000),
  createdAt: new Date(),
  updatedAt: new Date(),
});

type Row = { id: string; [field: string]: unknown };

describe('the accounts of better-auth', () => {
  it('are made, found by id and by e-mail in any case, changed and counted', async () => {
    const adapter = open();
    const made = (await adapter.create({ model: 'user', data: person('Aline@example.org') as never })) as Row;
    expect(ObjectId.isValid(made.id)).toBe(true);
    expect(await adapter.findOne({ model: 'user', where: [{ field: 'id', value: made.id }] })).toMatchObject({
      id: made.id,
      email: 'Aline@example.org',
    });
    expect(
      await adapter.findOne({ model: 'user', where: [{ field: 'email', value: 'aline@EXAMPLE.org', mode: 'insensitive' }] }),
    ).toMatchObject({ id: made.id });
    expect(
      await adapter.update({ model: 'user', where: [{ field: 'id', value: made.id }], update: { emailVerified: true } }),
    ).toMatchObject({ emailVerified: true });
    expect(await adapter.findOne({ model: 'user', where: [{ field: 'email', value: 'nobody@example.org' }] })).toBeNull();
    expect(await adapter.count({ model: 'user', where: [{ field: 'email', operator: 'starts_with', value: 'Aline' }] })).toBe(1);
  });

  it('are found by any of several conditions, sorted and paged', async () => {
    const adapter = open();
    for (const name of ['p1', 'p2', 'p3'])
      await adapter.create({ model: 'user', data: person(`${name}@pages.example`) as never });
    const found = await adapter.findMany<Row>({
      model: 'user',
      where: [{ field: 'email', operator: 'ends_with', value: '@pages.example' }],
      sortBy: { field: 'email', direction: 'desc' },
      limit: 2,
      offset: 1,
    });
    expect(found.map(({ email }) => email)).toEqual(['p2@pages.example', 'p1@pages.example']);
    const either = await adapter.findMany<Row>({
      model: 'user',
      where: [
        { field: 'email', value: 'p1@pages.example', connector: 'OR' },
        { field: 'email', operator: 'in', value: ['p3@pages.example'], connector: 'OR' },
      ],
    });
    expect(either).toHaveLength(2);
  });

  it('come with their sessions, and a session with its account', async () => {
    const adapter = open();
    const user = (await adapter.create({ model: 'user', data: person('joined@example.org') as never })) as Row;
    await adapter.create({ model: 'session', data: session(user.id, 'token-1') as never });
    await adapter.create({ model: 'session', data: session(user.id, 'token-2') as never });
    const found = await adapter.findOne<Row & { user: Row }>({
      model: 'session',
      where: [{ field: 'token', value: 'token-1' }],
      join: { user: true },
    });
    expect(found).toMatchObject({ userId: user.id, user: { id: user.id, email: 'joined@example.org' } });
    const sessions = await adapter.findMany<Row>({ model: 'session', where: [{ field: 'userId', value: user.id }] });
    expect(sessions.map(({ token }) => token).toSorted()).toEqual(['token-1', 'token-2']);
    expect(await adapter.deleteMany({ model: 'session', where: [{ field: 'userId', value: user.id }] })).toBe(2);
  });

  it('take a one-time value once', async () => {
    const adapter = open();
    await adapter.create({
      model: 'verification',
      data: { identifier: 'x', value: 'code', expiresAt: new Date(), createdAt: new Date(), updatedAt: new Date() } as never,
    });
    const take = () => adapter.consumeOne<Row>({ model: 'verification', where: [{ field: 'identifier', value: 'x' }] });
    const taken = await Promise.all([take(), take(), take()]);
    expect(taken.filter((each) => each !== null)).toHaveLength(1);
  });

  it('are kept unique by the indexes the adapter makes', async () => {
    const adapter = open();
    await adapter.create({ model: 'user', data: person('twice@example.org') as never });
    await expect
      .poll(
        async () => (await test.db().collection('user').indexes()).some(({ key, unique }) => key.email === 1 && unique === true),
        { timeout: 10_000 },
      )
      .toBe(true);
    await expect(adapter.create({ model: 'user', data: person('twice@example.org') as never })).rejects.toMatchObject({
      code: 11000,
    });
  });
});
