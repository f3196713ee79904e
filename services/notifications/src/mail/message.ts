import type { Mail } from './mail.ts';

export type Sender = {
  /** `Umuhuza <notifications@umuhuza.example>` */
  readonly from: string;
  /** The right side of each Message-ID. */
  readonly domain: string;
};

/** `Umuhuza <notifications@umuhuza.example>` → the address alone. */
export const addressOf = (from: string): string => /<([^<>]+)>\s*$/.exec(from)?.[1] ?? from;

/** The mail as nodemailer takes it. It must never read files or addresses that a text names. */
export const messageOf = (
  { id, to, language, subject, text, html, unsubscribe, invitation }: Mail,
  { from, domain }: Sender,
) => ({
  messageId: `<${id}@${domain}>`,
  from,
  to,
  subject,
  text,
  html,
  // The same calendar twice: as a part that programs read (RFC 6047), and as a file for those who want to open it.
  ...(invitation ? { icalEvent: { ...invitation, filename: 'invitation.ics' } } : {}),
  headers: {
    'Content-Language': language,
    // RFC 3834: out-of-office answers are for people.
    'Auto-Submitted': 'auto-generated',
    ...(unsubscribe
      ? {
          'List-Unsubscribe': { prepared: true, value: `<${unsubscribe}>` },
          'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
        }
      : {}),
  },
  disableFileAccess: true,
  disableUrlAccess: true,
});
