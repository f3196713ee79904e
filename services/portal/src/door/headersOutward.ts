import type { IncomingHttpHeaders } from 'node:http';

/** What belongs to the hop behind the door, tells of its make, or is the door's own to say. */
const dropped =
  /^(connection|keep-alive|proxy-.*|te|trailer|transfer-encoding|upgrade|server|x-powered-by|x-request-id|access-control-.*|content-security-policy.*|strict-transport-security|alt-svc)$/;

/**
 * The headers a client gets. What a service calls private, or says nothing of, is kept by nobody on the way: phones and office
 * machines are shared. What it calls public keeps its own rule.
 */
export const headersOutward = (given: IncomingHttpHeaders): IncomingHttpHeaders => {
  const passed = Object.fromEntries(Object.entries(given).filter(([name]) => !dropped.test(name)));
  const rule = given['cache-control'];
  const isPublic = rule !== undefined && !/\b(private|no-store)\b/.test(rule) && given['set-cookie'] === undefined;
  return isPublic ? passed : { ...passed, 'cache-control': 'private, no-store' };
};

export const isEventStream = (headers: IncomingHttpHeaders): boolean =>
  (headers['content-type'] ?? '').startsWith('text/event-stream');
