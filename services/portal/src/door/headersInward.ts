import type { IncomingHttpHeaders } from 'node:http';
import type { ServiceName } from './services.ts';
import { isTraceparent, newTraceparent } from './traceparent.ts';

/**
 * RFC 9110 7.6.1, and `expect`, which the door has answered already. `transfer-encoding` stays: it frames the body that is passed on,
 * and the proxy library takes care of it.
 */
const hopByHop = ['connection', 'keep-alive', 'proxy-connection', 'te', 'trailer', 'upgrade', 'expect'];

/** Only the door may say these: where a request came from, under which address, and under which id. */
const onlyOurs =
  /^(x-forwarded-.*|forwarded|x-real-ip|x-client-(?:ip|address)|true-client-ip|x-request-id|x-correlation-id|x-original-.*|x-rewrite-.*|x-http-method.*|x-method-override|x-umuhuza-.*|x-middleware-.*|proxy-.*)$/;

export type Inward = {
  readonly requestId: string;
  /** The client's address, as far as the proxies in front are trusted. */
  readonly address: string;
  readonly publicUrl: URL;
  readonly service: ServiceName;
};

/** The headers a service gets: the client's without what only the door or a single hop may say, and the door's own. */
export const headersInward = (
  given: IncomingHttpHeaders,
  { requestId, address, publicUrl, service }: Inward,
): IncomingHttpHeaders => {
  const named = (given.connection ?? '').split(',').map((token) => token.trim().toLowerCase());
  const dropped = new Set([...hopByHop, ...named.filter((name) => !kept.has(name))]);
  const passed = Object.fromEntries(Object.entries(given).filter(([name]) => !dropped.has(name) && !onlyOurs.test(name)));
  // The session's cookie is the identity service's alone; the others know tokens only.
  if (service !== 'identity') delete passed.cookie;
  if (!isTraceparent(passed.traceparent)) {
    passed.traceparent = newTraceparent();
    delete passed.tracestate;
  }
  return {
    ...passed,
    'x-request-id': requestId,
    'x-forwarded-for': address,
    'x-forwarded-host': publicUrl.host,
    'x-forwarded-proto': publicUrl.protocol.slice(0, -1),
    'x-forwarded-port': publicUrl.port || (publicUrl.protocol === 'https:' ? '443' : '80'),
  };
};

/** A client that names these in `Connection` would unframe the body or sign itself out on the way. */
const kept = new Set(['host', 'transfer-encoding', 'content-length', 'content-type', 'authorization', 'cookie']);
