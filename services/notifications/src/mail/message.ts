import type { Mail } from './mail.ts';

export type Sender = {
  /** `Umuhuza <notifications@umuhuza.example>` */
  readonly from: string;
  /** The right side of each Message-ID. */
  readonly domain: string;
};

/** The mail as nodemailer takes it. It must never read files or addresses that a text names. */
export const messageOf = ({ id, to, language, subject, text, html, unsubscribe }: Mail, { from, domain }: Sender) => ({
  messageId: `<${id}@${domain}>`,
  from,
  to,
  subject,
  text,
  html,
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
