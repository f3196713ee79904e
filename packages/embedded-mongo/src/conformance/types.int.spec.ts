import { Binary, BSONRegExp, Code, Decimal128, Double, Int32, Long, MaxKey, MinKey, ObjectId, Timestamp, UUID } from 'mongodb';
import { describe, expect, it } from 'vitest';
import { testDatabase } from './database.ts';

const test = testDatabase();

describe('every BSON type', () => {
  const values = {
    double: new Double(5),
    negativeZero: new Double(-0),
    infinity: new Double(Number.POSITIVE_INFINITY),
    int: new Int32(-5),
    long: Long.fromString('9223372036854775807'),
    decimal: Decimal128.fromString('12345.67890123456789012345678901E-10'),
    decimalNaN: Decimal128.fromString('NaN'),
    string: 'Zürich 😀 \u0000 Kigali',
    date: new Date(-1),
    id: new ObjectId('0123456789abcdef01234567'),
    binary: new Binary(Buffer.from([0, 255, 1]), 128),
    uuid: new UUID('01890a5d-ac96-774b-bcce-b302099a8057'),
    regex: new BSONRegExp('^a.b$', 'im'),
    timestamp: new Timestamp({ t: 4_000_000_000, i: 7 }),
    minKey: new MinKey(),
    maxKey: new MaxKey(),
    code: new Code('function () {}'),
    nothing: null,
    yes: true,
    list: [new Int32(1), new Double(1), [new Long(1)]],
    inner: { deep: { deeper: new Double(2) } },
  };
  const raw = { promoteValues: false, promoteLongs: false, bsonRegExp: true } as const;

  it('comes back as it went in', async () => {
    const things = await test.with({ _id: 1, ...values });
    const found = await things.findOne({}, raw);
    expect(found).toEqual({ _id: new Int32(1), ...values, uuid: expect.objectContaining({ sub_type: 4 }) });
    expect(String(found?.decimal)).toBe('0.000001234567890123456789012345678901');
    expect(Object.is(Number(found?.negativeZero), -0)).toBe(true);
  });

  it('stays what it is when another field is updated', async () => {
    const things = await test.with({ _id: 1, ...values });
    await things.updateOne({}, { $set: { another: 1 } });
    await things.updateOne({}, { $push: { pushed: new Double(1) } } as never);
    const { another, pushed, ...rest } = ((await things.findOne({}, raw)) ?? {}) as { [field: string]: unknown };
    expect(rest).toEqual({ _id: new Int32(1), ...values, uuid: expect.objectContaining({ sub_type: 4 }) });
    expect(another).toEqual(new Int32(1));
    expect(pushed).toEqual([new Double(1)]);
  });

  it('stays what it is through a pipeline that does not touch it', async () => {
    const things = await test.with({ _id: 1, ...values });
    const [found] = await things
      .aggregate([{ $match: { yes: true } }, { $addFields: { more: 1 } }, { $unset: 'more' }], raw)
      .toArray();
    expect(found).toEqual({ _id: new Int32(1), ...values, uuid: expect.objectContaining({ sub_type: 4 }) });
  });

  it('can be an _id and is found by it', async () => {
    const ids = [
      new Int32(1),
      'one',
      new ObjectId(),
      new Date(1),
      { a: 1, b: 'x' },
      new Binary(Buffer.from('k')),
      true,
      Decimal128.fromString('1.5'),
      new Timestamp({ t: 1, i: 1 }),
    ];
    const things = await test.with(...ids.map((_id, n) => ({ _id, n })));
    for (const [n, _id] of ids.entries()) expect(await things.findOne({ _id } as never)).toMatchObject({ n });
  });

  it('is named by $type as in the manual', async () => {
    const things = await test.with({ _id: 1, ...values });
    const fields = Object.keys(values);
    const [types] = await things
      .aggregate([{ $project: { _id: 0, ...Object.fromEntries(fields.map((field) => [field, { $type: `$${field}` }])) } }])
      .toArray();
    expect(types).toEqual({
      double: 'double',
      negativeZero: 'double',
      infinity: 'double',
      int: 'int',
      long: 'long',
      decimal: 'decimal',
      decimalNaN: 'decimal',
      string: 'string',
      date: 'date',
      id: 'objectId',
      binary: 'binData',
      uuid: 'binData',
      regex: 'regex',
      timestamp: 'timestamp',
      minKey: 'minKey',
      maxKey: 'maxKey',
      code: 'javascript',
      nothing: 'null',
      yes: 'bool',
      list: 'array',
      inner: 'object',
    });
  });
});

describe('field names', () => {
  it('that JavaScript treats specially are plain fields', async () => {
    const things = test.things();
    await test
      .db()
      .command({ insert: things.collectionName, documents: [{ _id: 1, constructor: 1, toString: 2, hasOwnProperty: 3 }] });
    expect(await things.findOne({ constructor: 1, toString: 2 } as never)).toMatchObject({ _id: 1, hasOwnProperty: 3 });
    expect(await things.findOne({ valueOf: { $exists: true } } as never)).toBeNull();
    await things.updateOne({}, { $set: { 'valueOf.x': 1 } });
    expect(await things.findOne({ 'valueOf.x': 1 } as never)).toMatchObject({ valueOf: { x: 1 } });
  });
});
