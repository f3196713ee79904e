import { streamOf } from './streams.ts';

/** What one NATS user may publish to and subscribe to; what is not listed is refused by the server. */
export type Permissions = { readonly publish: readonly string[]; readonly subscribe: readonly string[] };

/** The user of tools (refilling a stream, replaying dead letters): it may do everything and is never given to a service. */
export const operator = 'operator';

/**
 * The private prefix on which a service receives answers. Its connection must be opened with this as `inboxPrefix`;
 * with the shared default `_INBOX` every service could read the answers meant for another.
 */
export const inboxOf = (service: string): string => `_INBOX.${service}`;

/**
 * A service speaks for itself only: its own events, its own stream, its own durable consumer (named after itself) on every
 * stream. Deleting and purging streams and messages is in nobody's list.
 */
export const permissionsOf = (service: string): Permissions => {
  const { name: stream, subjects } = streamOf(service);
  const api = '$JS.API';
  return {
    publish: [
      ...subjects,
      `${api}.INFO`,
      `${api}.STREAM.NAMES`,
      `${api}.STREAM.INFO.*`,
      `${api}.STREAM.CREATE.${stream}`,
      `${api}.STREAM.UPDATE.${stream}`,
      `${api}.STREAM.MSG.GET.${stream}`,
      `${api}.CONSUMER.CREATE.*.${service}`,
      `${api}.CONSUMER.CREATE.*.${service}.>`,
      `${api}.CONSUMER.INFO.*.${service}`,
      `${api}.CONSUMER.DELETE.*.${service}`,
      `${api}.CONSUMER.MSG.NEXT.*.${service}`,
      `$JS.ACK.*.${service}.>`,
      // The longer form of newer servers: domain, account, stream, consumer. In the older one a number stands at that place.
      `$JS.ACK.*.*.*.${service}.>`,
    ],
    subscribe: [`${inboxOf(service)}.>`],
  };
};

export const operatorPermissions: Permissions = { publish: ['>'], subscribe: ['>'] };
