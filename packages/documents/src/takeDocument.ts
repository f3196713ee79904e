import { randomBytes } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { Document } from '@umuhuza/contracts/documents';
import { isSameDocument } from './isSameDocument.ts';
import type { NotedFiles } from './notedFiles.ts';
import type { NotTaken, Taken } from './receiveDocument.ts';

type Refused<Refusal extends string> = { readonly refused: Refusal; readonly detail?: string };

/** How a change of the owner ended; `key-reused`: the key came with other bytes, or with none, before. */
type Ending = { readonly outcome: 'done' | 'repeated' | 'refused' | 'key-reused' };

export type Taking<Refusal extends string, Changed extends Ending> = {
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
  /** Makes its owner name it. The bytes are part of what the request is. */
  readonly change: (document: Document) => Promise<Changed>;
  /**
   * Refuses the request as it is without its bytes, and has that remembered by the owner; or the owner tells what it remembers of it. With no
   * refusal it only looks.
   */
  readonly unread: (refused?: Refused<Refusal | NotTaken>) => Promise<Changed>;
  /** Whether its owner names it now. */
  readonly isNamed: (changed: Changed, document: Document) => boolean;
};

/** What its owner made of it. `before`: it had come already; `key-reused`: something else came under its key. */
export type Outcome<Changed> =
  | { readonly outcome: 'before'; readonly document: Document }
  | { readonly outcome: 'key-reused' }
  | Changed;

/**
 * Takes a document that comes as the body of its request and that somebody comes to name; one that is refused leaves no file. Each attempt at
 * the same upload has an id of its own that begins alike, so that one whose line hangs can never touch what another one brought. Whatever it is
 * told, it is told again when it comes again: a refusal is remembered by its owner, also one for which no byte was read.
 */
export const takeDocument = async <Refusal extends string, Changed extends Ending>(
  files: NotedFiles,
  { owner, upload, name, content, at, taken, known, decide, change, unread, isNamed }: Taking<Refusal, Changed>,
): Promise<Outcome<Changed>> => {
  const before = await unread();
  if (before.outcome === 'refused') return before;
  // An earlier version named it by its upload alone.
  const there = known.find(({ id }) => id === upload || id.startsWith(`${upload}-`));
  const id = there?.id ?? `${upload}-${randomBytes(9).toString('base64url')}`;
  // Asked before the bytes come in, with what is known of it: whoever may not add one need not send one.
  const barred = decide(there ?? { id, name, type: '', size: 0, sha256: '' });
  const refused = 'refused' in barred ? await unread(barred) : undefined;
  // With other bytes, or with these, it was decided before: only they tell.
  if (refused && refused.outcome !== 'key-reused') return refused;
  if (there && (refused || ('length' in barred && barred.length === 0)))
    return (await isSameDocument({ name, content }, there)) ? { outcome: 'before', document: there } : { outcome: 'key-reused' };

  const received = await files.receive(owner, { id, name, content, at, ...(taken ? { taken } : {}) });
  if (typeof received === 'string') return await unread({ refused: received });
  let changed = await change(received);
  if (changed.outcome === 'key-reused') {
    // At another replica it was refused meanwhile, its bytes unread.
    const told = await unread();
    if (told.outcome === 'refused') changed = told;
  }
  await (isNamed(changed, received) ? files.settled(id) : files.delete(id));
  return changed;
};
