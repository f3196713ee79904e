import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

const ids = new WeakMap<object, string>();

/** The id of this request: the one the door gave it, else a new one. It is the correlation id of what follows and a problem's `instance`. */
export const requestIdOf = (req: Pick<IncomingMessage, 'headers'>): string => {
  const known = ids.get(req);
  if (known) return known;
  const given = req.headers['x-request-id'];
  const id = typeof given === 'string' && /^[A-Za-z0-9-]{8,64}$/.test(given) ? given : randomUUID();
  ids.set(req, id);
  return id;
};
