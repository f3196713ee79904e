import { randomBytes } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { Document } from '@umuhuza/contracts/documents';
import { isSameDocument } from './isSameDocument.ts';
import type { NotedFiles } from './notedFiles.ts';
import type { NotTaken, Taken } from './receiveDocument.ts';

type Refused<Refusal extends string> = { readonly refused: Refusal; readonly detail?: string | undefined };

export type Taking<Refusal extends string, Changed> = {
  /** Who comes to name it. */
  readonly owner: string;
  /** The request, however often it comes. */
  readonly upload: string;
  readonly name: string;
  readonly content: Readable;
  readonly at: string;
  /** What may come here, where that is not what every document may be. */
  readonly taken?: Taken;
  /** What its owner names at that place already. */
  readonly known: readonly Document[];
  /** Whether its owner may name it: no facts where it does already. */
  readonly decide: (document: Document) => Refused<Refusal> | readonly unknown[];
  /** Makes its owner name it. */
  readonly change: (document: Document) => Promise<Changed>;
  /** Whether its owner names it now. */
  readonly isNamed: (changed: Changed, document: Document) => boolean;
};

/** `before`: it had come already. `other-request`: something else came under its key. `decided`: what its owner made of it. */
export type Outcome<Refusal extends string, Changed> =
  | { readonly outcome: 'before'; readonly document: Document }
  | { readonly outcome: 'other-request' }
  | ({ readonly outcome: 'refused' } & Refused<Refusal | NotTaken>)
  | { readonly outcome: 'decided'; readonly change: Changed };

/**
 * Takes a document that comes as the body of its request and that somebody comes to name; one that is refused leaves no file. Each attempt at
 * the same upload has an id of its own that begins alike, so that one whose line hangs can never touch what another one brought.
 */
export const takeDocument = async <Refusal extends string, Changed>(
  files: NotedFiles,
  { owner, upload, name, content, at, taken, known, decide, change, isNamed }: Taking<Refusal, Changed>,
): Promise<Outcome<Refusal, Changed>> => {
  // An earlier version named it by its upload alone.
  const there = known.find(({ id }) => id === upload || id.startsWith(`${upload}-`));
  const id = there?.id ?? `${upload}-${randomBytes(9).toString('base64url')}`;
  // Asked before the bytes come in, with what is known of it: whoever may not add one need not send one.
  const barred = decide(there ?? { id, name, type: '', size: 0, sha256: '' });
  if ('refused' in barred) return { outcome: 'refused', refused: barred.refused, detail: barred.detail };
  if (there && barred.length === 0)
    return (await isSameDocument({ name, content }, there))
      ? { outcome: 'before', document: there }
      : { outcome: 'other-request' };

  const received = await files.receive(owner, { id, name, content, at, ...(taken ? { taken } : {}) });
  if (typeof received === 'string') return { outcome: 'refused', refused: received };
  const changed = await change(received);
  await (isNamed(changed, received) ? files.settled(id) : files.delete(id));
  return { outcome: 'decided', change: changed };
};
