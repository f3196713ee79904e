import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { DeleteObjectCommand, GetObjectCommand, NoSuchKey, S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { StartFailure } from '@umuhuza/service/startFailure';
import type { FileStore } from './fileStore.ts';

/** Where the files lie, and by which key: `https://<key>:<secret>@<host>/<bucket>?region=<region>`. */
export type S3Place = {
  readonly endpoint: string;
  readonly bucket: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
};

/** Files in a bucket of S3-compatible storage, addressed by path as all of them understand it. */
export const openS3FileStore = ({
  endpoint,
  bucket: Bucket,
  region,
  accessKeyId,
  secretAccessKey,
}: S3Place): FileStore & { readonly stop: () => void } => {
  const client = new S3Client({
    endpoint,
    region,
    forcePathStyle: true,
    credentials: { accessKeyId, secretAccessKey },
    // Newer checksums in trailers are not understood by every compatible storage; what matters is sealed or hashed anyway.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  });
  const keyOf = (id: string) => `documents/${id}`;
  return {
    put: async (id, content) => {
      // In parts of 5 MB, so that no more than a few are in memory; a part that fails aborts them all.
      const upload = new Upload({ client, params: { Bucket, Key: keyOf(id), Body: content }, queueSize: 2 });
      await upload.done();
    },
    get: async (id) => {
      try {
        const { Body } = await client.send(new GetObjectCommand({ Bucket, Key: keyOf(id) }));
        return Body as Readable | undefined;
      } catch (error) {
        if (error instanceof NoSuchKey) return undefined;
        throw error;
      }
    },
    delete: async (id) => {
      await client.send(new DeleteObjectCommand({ Bucket, Key: keyOf(id) }));
    },
    stop: () => client.destroy(),
  };
};

/** How long the storage may take to answer at the start, in milliseconds. */
const patience = 15_000;

/** Writes, reads and deletes a small file; ends the start with what is wrong when the storage does not let it. */
export const tryStorage = async (files: FileStore, { endpoint, bucket }: Pick<S3Place, 'endpoint' | 'bucket'>): Promise<void> => {
  const id = `check-${randomUUID()}`;
  const attempt = async <Result>(what: string, work: Promise<Result>): Promise<Result> => {
    const { promise: late, reject } = Promise.withResolvers<never>();
    const timer = setTimeout(() => reject(new Error(`no answer within ${patience / 1_000} seconds`)), patience);
    try {
      return await Promise.race([work, late]);
    } catch (error) {
      throw new StartFailure(`S3_URL: a file cannot be ${what} in the bucket ${bucket} at ${endpoint}: ${reasonOf(error)}`, {
        cause: error,
      });
    } finally {
      clearTimeout(timer);
    }
  };
  await attempt('written', files.put(id, Readable.from([Buffer.from(id)])));
  const read = await attempt(
    'read',
    files.get(id).then((content) => content && text(content)),
  );
  if (read !== id)
    throw new StartFailure(`S3_URL: what is written to the bucket ${bucket} at ${endpoint} is not what is read there.`);
  await attempt('deleted', files.delete(id));
};

/** Never the request itself: it carries the key. */
const reasonOf = (error: unknown): string => {
  if (!(error instanceof S3ServiceException)) return (error as NodeJS.ErrnoException).code ?? (error as Error).message;
  const known: Readonly<Record<string, string>> = {
    NoSuchBucket: 'there is no such bucket.',
    AccessDenied: 'the key may not.',
    InvalidAccessKeyId: 'the key is not known there.',
    SignatureDoesNotMatch: 'the secret does not belong to the key.',
  };
  return known[error.name] ?? `${error.name} (${error.$metadata.httpStatusCode ?? 'no status'})`;
};
