import { createHash } from 'node:crypto';

/**
 * SHA-256 over the canonical JSON of RFC 8785, base64url. The values here are texts and integers, for which sorted keys are all
 * that the canonical form asks beyond JSON itself.
 */
export const digestOf = (value: unknown): string => createHash('sha256').update(canonical(value)).digest('base64url');

const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
