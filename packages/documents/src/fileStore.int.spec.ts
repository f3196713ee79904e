import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { connectMongo, type Mongo } from '@umuhuza/service/mongo';
import { type Leased, leaseBackends } from '@umuhuza/testing/backends';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FileStore } from './fileStore.ts';
import { openGridFsFileStore } from './gridFsFileStore.ts';
import { openS3FileStore, type S3Place, tryStorage } from './s3FileStore.ts';
import { startS3StandIn } from './s3StandIn.fixture.ts';

type Started = { readonly files: FileStore; readonly stop: () => Promise<void> };

const gridFs = async (): Promise<Started> => {
  const backends: Leased = await leaseBackends();
  const mongo: Mongo = await connectMongo(backends.mongoUrl, 'tenders', backends.databaseOf('tenders'));
  return {
    files: openGridFsFileStore(mongo.connection),
    stop: async () => {
      await mongo.stop();
      await backends.end();
    },
  };
};

const s3 = async (): Promise<Started> => {
  const storage = await startS3StandIn();
  const files = openS3FileStore(storage.place);
  return {
    files,
    stop: async () => {
      files.stop();
      await storage.stop();
    },
  };
};

/** What every store does alike. */
describe.each([
  ['GridFS', gridFs],
  ['S3', s3],
] as const)('files in %s', (_name, start) => {
  let started: Started;
  let files: FileStore;
  beforeAll(async () => {
    started = await start();
    files = started.files;
  });
  afterAll(() => started.stop());

  const kept = async (id: string) => {
    const content = await files.get(id);
    return content && buffer(content);
  };

  it('come back as they were, small and large', async () => {
    for (const size of [1, 255 * 1024, 3_000_000, 12_000_000]) {
      const id = randomUUID();
      const content = Buffer.alloc(size, 'umuhuza');
      await files.put(id, Readable.from([content.subarray(0, 10), content.subarray(10)]));
      expect((await kept(id))?.equals(content)).toBe(true);
    }
  });
  it('are not there before, nor after they were deleted; deleting again is no error', async () => {
    const id = randomUUID();
    expect(await files.get(id)).toBeUndefined();
    await files.put(id, Readable.from([Buffer.from('here')]));
    await files.delete(id);
    await files.delete(id);
    expect(await files.get(id)).toBeUndefined();
  });
  it('that are deleted while they are asked for come whole or are not there', async () => {
    for (let n = 0; n < 20; n++) {
      const id = randomUUID();
      await files.put(id, Readable.from([Buffer.from('here')]));
      const [content] = await Promise.all([files.get(id), files.delete(id)]);
      if (content) expect(await buffer(content)).toEqual(Buffer.from('here'));
    }
  });
  it('that break off on their way are not there', async () => {
    const id = randomUUID();
    const broken = Readable.from(
      (async function* () {
        yield Buffer.alloc(600_000);
        throw new Error('the line is dead');
      })(),
    );
    await expect(files.put(id, broken)).rejects.toThrow('the line is dead');
    expect(await files.get(id)).toBeUndefined();
    await files.put(id, Readable.from([Buffer.from('whole')]));
    expect((await kept(id))?.toString()).toBe('whole');
  });
});

describe('S3 storage', () => {
  it('keeps nothing of a large file that breaks off after its first parts', async () => {
    const storage = await startS3StandIn();
    const files = openS3FileStore(storage.place);
    const broken = Readable.from(
      (async function* () {
        for (let n = 0; n < 7; n++) yield Buffer.alloc(1_000_000);
        throw new Error('the line is dead');
      })(),
    );
    await expect(files.put('large', broken)).rejects.toThrow('the line is dead');
    expect([storage.objects.size, storage.uploads.size]).toEqual([0, 0]);
    files.stop();
    await storage.stop();
  });
  it('that says no, or cannot be asked, is an error and not an absence', async () => {
    const storage = await startS3StandIn();
    for (const wrong of [{ accessKeyId: 'unknown' }, { secretAccessKey: 'unknown' }, { region: 'berlin-1' }]) {
      const files = openS3FileStore({ ...storage.place, ...wrong });
      await expect(files.get('x')).rejects.toThrow();
      await expect(files.put('x', Readable.from([Buffer.from('x')]))).rejects.toThrow();
    }
    await storage.stop();
    await expect(openS3FileStore(storage.place).get('x')).rejects.toThrow();
  });
});

describe('S3 storage at the start', () => {
  const tried = async (wrong: Partial<S3Place>, options?: Parameters<typeof startS3StandIn>[0]) => {
    const storage = await startS3StandIn(options);
    const place = { ...storage.place, ...wrong };
    const files = openS3FileStore(place);
    try {
      await tryStorage(files, place);
      return { objects: storage.objects.size };
    } catch (error) {
      return { error: error as Error };
    } finally {
      files.stop();
      await storage.stop();
    }
  };

  it('is written, read, and left as it was', async () => expect(await tried({})).toEqual({ objects: 0 }));
  it.each([
    [
      'the bucket is not there',
      { bucket: 'other' },
      undefined,
      /written in the bucket other at http:.*: there is no such bucket/,
    ],
    ['the key is unknown', { accessKeyId: 'unknown' }, undefined, /written in .*: the key is not known there/],
    ['the secret is another', { secretAccessKey: 'planted-secret' }, undefined, /the secret does not belong to the key/],
    ['the key may not write', {}, { denies: ['PUT'] }, /written in the bucket umuhuza .*: the key may not/],
    ['the key may not read', {}, { denies: ['GET'] }, /read in the bucket umuhuza .*: the key may not/],
    ['the key may not delete', {}, { denies: ['DELETE'] }, /deleted in the bucket umuhuza .*: the key may not/],
    ['nothing answers', { endpoint: 'http://127.0.0.1:9' }, undefined, /written in .* at http:\/\/127.0.0.1:9: ECONNREFUSED/],
  ] as const)('ends it with the reason when %s', async (_, wrong, options, said) => {
    const { error } = await tried(wrong, options);
    expect(error).toMatchObject({ name: 'StartFailure', message: expect.stringMatching(said) });
    expect(error?.message).not.toMatch(/secret\/key|planted-secret/);
  });
});
