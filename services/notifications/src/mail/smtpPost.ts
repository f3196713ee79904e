import { createTransport } from 'nodemailer';
import { MailRefused, type Post, PostUnreachable } from './mail.ts';
import { messageOf, type Sender } from './message.ts';

/** What nodemailer calls the failures of the way to the server rather than of the mail. */
const ofTheWay = new Set([
  'ECONNECTION',
  'ETIMEDOUT',
  'ESOCKET',
  'EDNS',
  'ETLS',
  'EAUTH',
  'ENOAUTH',
  'EPROTOCOL',
  'EPROXY',
  'ECONNREFUSED',
]);

/** Sends by SMTP. `smtps:` or STARTTLS, user and password stand in the address. */
export const smtpPost = (url: string, sender: Sender): Post => {
  const transport = createTransport({
    url,
    pool: true,
    maxConnections: 4,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    dnsTimeout: 10_000,
    socketTimeout: 60_000,
  });
  return {
    send: async (mail) => {
      try {
        await transport.sendMail(messageOf(mail, sender));
      } catch (error) {
        throw translated(error);
      }
    },
    stop: async () => transport.close(),
  };
};

const translated = (error: unknown): Error => {
  if (!(error instanceof Error)) return new Error(String(error));
  const { code, responseCode } = error as { code?: unknown; responseCode?: unknown };
  if (typeof code === 'string' && ofTheWay.has(code)) return new PostUnreachable(error.message, { cause: error });
  return typeof responseCode === 'number' && responseCode >= 500 ? new MailRefused(error.message, { cause: error }) : error;
};
