import type { z } from 'zod';
import { identityEvents } from './identity/events.ts';
import { matchingEvents } from './matching/events.ts';
import { profilesEvents } from './profiles/events.ts';
import { sandboxEvents } from './sandbox/events.ts';
import { tendersEvents } from './tenders/events.ts';

/** Every public event of the platform, by the service that says it. */
export const catalogue = {
  identity: identityEvents,
  profiles: profilesEvents,
  matching: matchingEvents,
  sandbox: sandboxEvents,
  tenders: tendersEvents,
} as const;
export type Catalogue = typeof catalogue;

export type EventName = { [S in keyof Catalogue]: `${S}.${keyof Catalogue[S] & string}` }[keyof Catalogue];

/** What the event of this name carries, as its hearers get it. */
export type EventData<Name extends EventName> = Name extends `${infer S extends keyof Catalogue}.${infer E}`
  ? E extends keyof Catalogue[S]
    ? Catalogue[S][E] extends { data: infer D extends z.ZodType }
      ? z.output<D>
      : never
    : never
  : never;
