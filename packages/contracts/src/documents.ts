import { z } from 'zod';
import type { ProblemText } from './problem.ts';
import { id, line } from './values.ts';

/** A document as it is stored: its name made safe, its type found in its content. */
export const document = z
  .strictObject({
    id,
    name: z.string().min(1).max(160),
    type: z.string().max(120),
    /** In bytes. */
    size: z.int(),
    /** SHA-256 of the content, base64url. */
    sha256: z.string().max(64),
  })
  .meta({ id: 'Document' });
export type Document = z.infer<typeof document>;

/** How many of them each may have. */
export const mostDocuments = { tender: 50, bid: 20, milestone: 20, environment: 20, report: 20 } as const;

/** The name the file has where it comes from; its bytes are the body of the request. */
export const uploadQuery = z.strictObject({ name: line(400) });

/** What every service refuses that takes documents. */
export const documentProblems = {
  'document-type-not-taken': {
    title: 'This kind of document is not taken',
    detail:
      'PDF, Office and OpenDocument files, images (PNG, JPEG, GIF, WebP, TIFF, HEIC) and text are taken; what counts is the content, not the name.',
  },
  'document-too-large': {
    title: 'The document is too large',
    detail: 'A document may have 20 MB. Make it smaller, or split it.',
  },
  'document-empty': { title: 'The document is empty', detail: 'Send the bytes of the file as the body of the request.' },
  'too-many-documents': {
    title: 'There are too many documents',
    detail: 'Delete one that is not needed, or put several into one.',
  },
  'no-such-document': { title: 'There is no such document', detail: 'The id is wrong, or it was taken away.' },
} as const satisfies Readonly<Record<string, ProblemText>>;
