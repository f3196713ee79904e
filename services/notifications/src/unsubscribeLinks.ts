import { createHmac, timingSafeEqual } from 'node:crypto';
import { type NotificationKind, notificationKind } from '@umuhuza/contracts/notifications/schemas';

/** Whose e-mail of which kind a link is about. */
export type MailSubscription = { readonly user: string; readonly kind: NotificationKind };

export type UnsubscribeLinks = {
  readonly tokenFor: (subscription: MailSubscription) => string;
  /** Undefined for what this service did not sign. */
  readonly read: (token: string) => MailSubscription | undefined;
};

/**
 * Links that work without a sign-in and for years (RFC 8058), so nothing is stored: the token says what it is about and proves by an
 * HMAC that we wrote it. It lets its holder switch off one kind of mail of one person, and nothing else.
 */
export const unsubscribeLinks = (secret: string): UnsubscribeLinks => {
  const sign = (said: string): Buffer => createHmac('sha256', secret).update(`unsubscribe.${said}`).digest();
  return {
    tokenFor: ({ user, kind }) => {
      const said = Buffer.from(JSON.stringify([user, kind])).toString('base64url');
      return `${said}.${sign(said).toString('base64url')}`;
    },
    read: (token) => {
      const [said = '', signature = '', ...more] = token.split('.');
      const given = Buffer.from(signature, 'base64url');
      const due = sign(said);
      if (more.length > 0 || given.length !== due.length || !timingSafeEqual(given, due)) return undefined;
      const [user, kind] = JSON.parse(Buffer.from(said, 'base64url').toString()) as [string, string];
      const known = notificationKind.safeParse(kind);
      return known.success ? { user, kind: known.data } : undefined;
    },
  };
};
