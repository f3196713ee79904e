import { failpoint } from '@umuhuza/eventing/failpoints';
import type { Connection } from 'mongoose';
import { z } from 'zod';
import type { FileStore } from './fileStore.ts';
import { openGridFsFileStore } from './gridFsFileStore.ts';
import type { S3Place } from './s3FileStore.ts';

const expected = 'expected https://<key>:<secret>@<host>/<bucket>?region=<region>';

/** `S3_URL`: where documents lie; without it in the database. */
export const s3Url = z
  .url({ protocol: /^https?$/, error: expected })
  .transform((text, context): S3Place => {
    const { protocol, host, username, password, pathname, searchParams } = new URL(text);
    const bucket = pathname.slice(1);
    if (username === '' || password === '' || !/^[\w.-]+$/.test(bucket)) context.addIssue(expected);
    return {
      endpoint: `${protocol}//${host}`,
      bucket,
      region: searchParams.get('region') ?? 'us-east-1',
      accessKeyId: decodeURIComponent(username),
      secretAccessKey: decodeURIComponent(password),
    };
  })
  .optional();

/** Where a service's files lie. Ends the start with the reason when they cannot lie there. */
export const openFileStore = async (
  connection: Connection,
  place: S3Place | undefined,
): Promise<FileStore & { readonly stop: () => void }> => {
  if (!place) return { ...withFailpoints(openGridFsFileStore(connection)), stop: () => undefined };
  // The storage's client is large; whoever does not use it need not load it.
  const { openS3FileStore, tryStorage } = await import('./s3FileStore.ts');
  const files = openS3FileStore(place);
  await tryStorage(files, place);
  return { ...withFailpoints(files), stop: files.stop };
};

const withFailpoints = ({ put, get, delete: remove }: FileStore): FileStore => ({
  put: async (id, content) => {
    // Whoever takes the bytes must listen from the start, or an upload that breaks off now is an error that nobody hears.
    const stands = failpoint('beforeFile');
    if (stands) await stands;
    await put(id, content);
    await failpoint('afterFile');
  },
  get,
  delete: async (id) => {
    await failpoint('beforeFileGoes');
    await remove(id);
    await failpoint('afterFileGoes');
  },
});
