import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { GridFSBucket, type ObjectId } from 'mongodb';
import { describe, expect, it } from 'vitest';
import { failureOf, testDatabase } from './database.ts';

const test = testDatabase();
const chunk = 255 * 1024;

/** A bucket of its own for each test; ids are texts, as documents have them. */
const bucketOf = (bucketName: string) => {
  const bucket = new GridFSBucket(test.db(), { bucketName });
  const idOf = (id: string) => id as unknown as ObjectId;
  return {
    bucket,
    idOf,
    put: (id: string, content: Buffer) => pipeline(Readable.from([content]), bucket.openUploadStreamWithId(idOf(id), 'file')),
    get: (id: string, part = {}) => buffer(bucket.openDownloadStream(idOf(id), part)),
    chunks: () => test.db().collection(`${bucketName}.chunks`),
  };
};

describe('files in GridFS', () => {
  it('come back byte for byte, empty, small, of one chunk exactly, and of many', async () => {
    const { put, get, bucket, idOf } = bucketOf('sizes');
    for (const size of [0, 1, chunk, chunk + 1, 5 * chunk + 17]) {
      const content = randomBytes(size);
      await put(`of-${size}`, content);
      expect((await get(`of-${size}`)).equals(content), `${size}`).toBe(true);
      expect(await bucket.find({ _id: idOf(`of-${size}`) }).toArray()).toMatchObject([{ length: size, chunkSize: chunk }]);
    }
  });

  it('are read in part, across chunks', async () => {
    const { put, get } = bucketOf('parts');
    const content = randomBytes(3 * chunk);
    await put('one', content);
    for (const [start, end] of [
      [0, 10],
      [chunk - 5, chunk + 5],
      [chunk, 2 * chunk],
      [3 * chunk - 1, 3 * chunk],
    ] as const)
      expect((await get('one', { start, end })).equals(content.subarray(start, end)), `${start}`).toBe(true);
  });

  it('keep their chunks under one index that lets no place be taken twice', async () => {
    const { put, chunks } = bucketOf('places');
    await put('one', randomBytes(2 * chunk));
    expect(await chunks().indexes()).toEqual(
      expect.arrayContaining([expect.objectContaining({ key: { files_id: 1, n: 1 }, unique: true })]),
    );
    expect(await failureOf(chunks().insertOne({ files_id: 'one', n: 0 }))).toMatchObject({ code: 11000 });
  });

  it('are gone with all their chunks when they are deleted, and then unknown', async () => {
    const { put, get, bucket, idOf, chunks } = bucketOf('deleted');
    await put('one', randomBytes(2 * chunk));
    await put('two', randomBytes(10));
    await bucket.delete(idOf('one'));
    expect(await chunks().distinct('files_id')).toEqual(['two']);
    expect((await failureOf(get('one'))).message).toMatch(/FileNotFound/);
    expect((await failureOf(bucket.delete(idOf('one')))).message).toMatch(/File not found/);
  });

  it('leave nothing when their upload is given up half-way', async () => {
    const { bucket, idOf, chunks } = bucketOf('aborted');
    const upload = bucket.openUploadStreamWithId(idOf('one'), 'file');
    if (!upload.write(randomBytes(2 * chunk))) await once(upload, 'drain');
    await expect.poll(() => chunks().countDocuments()).toBe(2);
    await upload.abort();
    expect(await chunks().countDocuments()).toBe(0);
    expect(await bucket.find({}).toArray()).toEqual([]);
  });

  it('under an id that is taken are refused, and the first stays as it was', async () => {
    const { put, get } = bucketOf('taken');
    const content = randomBytes(100);
    await put('one', content);
    expect(await failureOf(put('one', randomBytes(50)))).toMatchObject({ code: 11000 });
    expect((await get('one')).equals(content)).toBe(true);
  });

  it('are found by name and length, in an order that is asked for', async () => {
    const { put, bucket } = bucketOf('listed');
    for (const id of ['a', 'b', 'c']) await put(id, randomBytes(id.charCodeAt(0)));
    const found = await bucket
      .find({ filename: 'file', length: { $gt: 97 } })
      .sort({ length: -1 })
      .toArray();
    expect(found.map(({ _id }) => String(_id))).toEqual(['c', 'b']);
    expect(found[0]?.uploadDate).toBeInstanceOf(Date);
  });
});
