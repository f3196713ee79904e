import { createHash } from 'node:crypto';

/**
 * The ETag of what a caller sees: a hash of the view itself, so that it tells of nothing that the view does not show
 * (a version counter would give sealed bids away).
 */
export const etagOf = (view: unknown): string => etagOfText(JSON.stringify(view));

export const etagOfText = (body: string | Buffer): string =>
  `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;

/** True when the edit was made on an older view than the present one. Without If-Match the editor does not ask. */
export const isStale = (ifMatch: string | undefined, view: unknown): boolean => {
  if (ifMatch === undefined || ifMatch === '*') return false;
  const present = etagOf(view);
  return !ifMatch.split(',').some((tag) => tag.trim() === present);
};
