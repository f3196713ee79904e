import { z } from 'zod';
import { personLanguage } from '../identity/schemas.ts';
import { id, instant, timeZone } from '../values.ts';

/** What people are told of; each can be switched on and off by itself unless it must be known. */
export const notificationKind = z.enum([
  'tender-matched',
  'tender-invited',
  'tender-amended',
  'tender-cancelled',
  'tender-unsuccessful',
  'question-asked',
  'question-answered',
  'question-rejected',
  'bidding-closed',
  'bids-opened',
  'bid-not-opened',
  'evaluators-appointed',
  'scoring-ended',
  'award-outcome',
  'lot-awarded',
  'award-lapsed',
  'buyer-reminded',
  'contract-offered',
  'contract-signed',
  'milestone-signed-off',
  'contract-completed',
  'clarification-asked',
  'clarification-answered',
  'interest-expressed',
  'interest-accepted',
  'interest-declined',
  'interest-expired',
  'cooperation-started',
  'cooperation-ended',
  'booking-requested',
  'booking-confirmed',
  'booking-declined',
  'booking-cancelled',
  'booking-rescheduled',
  'seats-changed',
  'tester-invited',
  'tester-removed',
  'booking-reminder',
  'booking-completed',
  'finding-moved',
  'report-finished',
  'guest-did-not-show',
  'place-offered',
  'offer-expired',
  'waitlist-rescheduled',
  'waitlist-ended',
]);
export type NotificationKind = z.infer<typeof notificationKind>;

/**
 * An award, a contract, a no, a cancellation and another time bind people or free them, and an amendment takes a bid its worth: none may be
 * missed, so these cannot be switched off.
 */
export const mustBeKnown = [
  'tender-amended',
  'tender-cancelled',
  'award-outcome',
  'lot-awarded',
  'award-lapsed',
  'contract-offered',
  'contract-signed',
  'booking-declined',
  'booking-cancelled',
  'booking-rescheduled',
] as const satisfies readonly NotificationKind[];

export const notificationChannel = z.enum(['inbox', 'email']);
export type NotificationChannel = z.infer<typeof notificationChannel>;

/** `unseen` and `seen` are unread. */
export const inboxStatus = z.enum(['unseen', 'seen', 'read', 'archived']);
export type InboxStatus = z.infer<typeof inboxStatus>;

/** One notification in a person's inbox, in the person's language. */
export const notification = z
  .strictObject({
    id,
    kind: notificationKind,
    /** The organisation of the reader that it concerns. */
    organisationId: id,
    status: inboxStatus,
    subject: z.string(),
    /** Paragraphs, with an empty line between them; plain text. */
    body: z.string(),
    /** A path on the portal. */
    link: z.string(),
    language: personLanguage,
    at: instant,
    seenAt: instant.nullable(),
    readAt: instant.nullable(),
    archivedAt: instant.nullable(),
  })
  .meta({ id: 'Notification' });
export type NotificationView = z.infer<typeof notification>;

/** How many wait; archived ones do not count. `unseen` is a part of `unread`. */
export const inboxCounts = z.strictObject({ unread: z.int().min(0), unseen: z.int().min(0) });
export type InboxCounts = z.infer<typeof inboxCounts>;

export const inbox = z
  .strictObject({
    items: z.array(notification),
    next: z.string().nullable(),
    ...inboxCounts.shape,
    /** Give it as Last-Event-ID to the stream, and nothing is missed between this list and the first live one. */
    position: z.string(),
  })
  .meta({ id: 'Inbox' });
export type InboxView = z.infer<typeof inbox>;

/** Marks what had arrived at this instant; without it, what has arrived by now. */
export const upTo = z.strictObject({ upTo: instant.optional() });

/** What the stream says: `notification` carries one, `counts` the counts, `end` why the server ends it. */
export const streamEnd = z.strictObject({ reason: z.enum(['token-ended', 'service-stopping', 'too-slow']) });
export type StreamEnd = z.infer<typeof streamEnd>;

const channels = z.strictObject({ inbox: z.boolean(), email: z.boolean() });

/** What a person wants to be told of and where; a kind that is left out is told on both channels. */
export const preferencesContent = z.strictObject({
  language: personLanguage,
  timeZone,
  kinds: z.partialRecord(notificationKind, channels),
});
export type PreferencesContent = z.infer<typeof preferencesContent>;

/** The address for e-mail is the account's. Before the first edit, language and zone are the account's too. */
export const preferences = z
  .strictObject({
    language: personLanguage,
    timeZone: z.string(),
    kinds: z.record(notificationKind, channels),
    /** These stay on, whatever is asked. */
    mustBeKnown: z.array(notificationKind),
  })
  .meta({ id: 'NotificationPreferences' });
export type PreferencesView = z.infer<typeof preferences>;

/** What an unsubscribe link is about, and whether e-mail of this kind is on now. */
export const subscription = z.strictObject({ kind: notificationKind, email: z.boolean() }).meta({ id: 'MailSubscription' });
export type SubscriptionView = z.infer<typeof subscription>;
