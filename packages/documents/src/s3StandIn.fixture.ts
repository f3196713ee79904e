import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import type { S3Place } from './s3FileStore.ts';
import { isSignedBy } from './sigV4.fixture.ts';

const accessKeyId = 'stand-in';
const secretAccessKey = 'stand-in+secret/key';

/**
 * As much of the S3 protocol as the adapter speaks: objects, uploads in parts, their errors, for one bucket, to requests that are signed with
 * its key. `denies`: the methods that the key may not use.
 */
export const startS3StandIn = async ({ denies = [] }: { readonly denies?: readonly string[] } = {}) => {
  const objects = new Map<string, Buffer>();
  const uploads = new Map<string, Map<number, Buffer>>();

  const xml = (res: ServerResponse, status: number, body: string) =>
    res.writeHead(status, { 'Content-Type': 'application/xml' }).end(`<?xml version="1.0" encoding="UTF-8"?>${body}`);
  const fail = (res: ServerResponse, status: number, code: string) => xml(res, status, `<Error><Code>${code}</Code></Error>`);

  const answer = async (req: IncomingMessage, res: ServerResponse): Promise<unknown> => {
    const { pathname, searchParams } = new URL(req.url ?? '', 'http://stand-in');
    const sent = await buffer(req);
    if (!/^AWS4-HMAC-SHA256 Credential=stand-in\/\d{8}\/kigali-1\/s3\//.test(req.headers.authorization ?? ''))
      return fail(res, 403, 'InvalidAccessKeyId');
    const { method = '', url: target = '', headers } = req;
    if (!isSignedBy(secretAccessKey, { method, target, headers, body: sent })) return fail(res, 403, 'SignatureDoesNotMatch');
    if (denies.includes(method)) return fail(res, 403, 'AccessDenied');
    const [, bucket, ...rest] = pathname.split('/');
    const key = rest.join('/');
    if (bucket !== 'umuhuza') return fail(res, 404, 'NoSuchBucket');
    const uploadId = searchParams.get('uploadId');
    const parts = uploadId === null ? undefined : uploads.get(uploadId);
    if (uploadId !== null && !parts) return fail(res, 404, 'NoSuchUpload');
    switch (req.method) {
      case 'POST': {
        if (parts && uploadId !== null) {
          const numbers = [...sent.toString().matchAll(/<PartNumber>(\d+)</g)].map(([, n]) => Number(n));
          objects.set(key, Buffer.concat(numbers.map((n) => parts.get(n) ?? Buffer.alloc(0))));
          uploads.delete(uploadId);
          return xml(res, 200, '<CompleteMultipartUploadResult><ETag>"whole"</ETag></CompleteMultipartUploadResult>');
        }
        const id = randomUUID();
        uploads.set(id, new Map());
        return xml(res, 200, `<InitiateMultipartUploadResult><UploadId>${id}</UploadId></InitiateMultipartUploadResult>`);
      }
      case 'PUT':
        if (parts) parts.set(Number(searchParams.get('partNumber')), sent);
        else objects.set(key, sent);
        return res.writeHead(200, { ETag: '"part"' }).end();
      case 'GET': {
        const object = objects.get(key);
        return object ? res.writeHead(200, { 'Content-Length': object.length }).end(object) : fail(res, 404, 'NoSuchKey');
      }
      case 'DELETE':
        if (uploadId !== null) uploads.delete(uploadId);
        else objects.delete(key);
        return res.writeHead(204).end();
      default:
        return fail(res, 405, 'MethodNotAllowed');
    }
  };

  const server = createServer((req, res) => void answer(req, res).catch(() => res.destroy()));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    place: { endpoint, bucket: 'umuhuza', region: 'kigali-1', accessKeyId, secretAccessKey } satisfies S3Place,
    objects,
    /** Uploads in parts that were neither completed nor aborted. */
    uploads,
    stop: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
};
