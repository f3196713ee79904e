import type { Readable } from 'node:stream';
import type { Document } from '@umuhuza/contracts/documents';
import type { Response } from 'express';

/** Gives a document out to be saved, never to be shown as a page of the platform. */
export const serveDocument = (res: Response, { name, type, size, sha256 }: Document, content: Readable) => {
  res.attachment(name);
  res.setHeader('Content-Type', type.startsWith('text/') ? `${type}; charset=utf-8` : type);
  res.setHeader('Content-Length', size);
  res.setHeader('ETag', `"${sha256}"`);
  res.setHeader('X-Content-Type-Options', 'nosniff');
  res.setHeader('Content-Security-Policy', "default-src 'none'; sandbox");
  // What fails half-way must not look whole.
  content.once('error', (error) => res.destroy(error));
  res.once('close', () => content.destroy());
  return { status: 200 as const, body: content };
};
