import { createHash } from 'node:crypto';

/**
 * The SHA-256 of what the two firms are shown of a report, as JSON: without what signing adds, so that each can work it out from what it was
 * given. The fields keep the order in which they are shown.
 */
export const digestOfShown = (shown: object): string => {
  const { status: _, finished: __, ...signed } = shown as Readonly<Record<string, unknown>>;
  return createHash('sha256').update(JSON.stringify(signed)).digest('hex');
};
