import { serviceConfig } from '@umuhuza/service/config';
import { keyRingIn } from '@umuhuza/service/sealing/keyRing';
import { z } from 'zod';

/** Mail goes to a mail server, or into a folder on a machine that has none. */
export const notificationsConfig = serviceConfig
  .extend({
    SMTP_URL: z
      .string()
      .regex(/^smtps?:\/\//, 'expected an address like smtp://mail.example:587')
      .optional(),
    MAIL_DIR: z.string().min(1).optional(),
    MAIL_FROM: z.string().min(3).max(320).optional(),
    /** Changing it makes the unsubscribe links of all mails sent before unknown. */
    LINK_SECRET: z.string().min(32, 'expected at least 32 characters'),
    /** Shared with tenders alone: by these it is read whom to tell of what becomes of a sealed bid. The newest first. */
    POST_KEYS: keyRingIn('POST_KEYS'),
  })
  .transform(({ SMTP_URL, MAIL_DIR, MAIL_FROM, ...config }, context) => {
    const domain = new URL(config.PUBLIC_URL).hostname;
    const sender = { from: MAIL_FROM ?? `Umuhuza <notifications@${domain}>`, domain };
    if (SMTP_URL !== undefined) return { ...config, sender, post: { smtp: SMTP_URL } };
    if (MAIL_DIR !== undefined) return { ...config, sender, post: { folder: MAIL_DIR } };
    context.addIssue({
      code: 'custom',
      path: ['SMTP_URL'],
      message: 'set it to send mail, or set MAIL_DIR to have each mail written into a folder',
    });
    return z.NEVER;
  });
