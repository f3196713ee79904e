import type { Readable } from 'node:stream';
import { DeleteObjectCommand, GetObjectCommand, NoSuchKey, S3Client } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
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
