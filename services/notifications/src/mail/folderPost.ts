import { mkdir, open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { StartFailure } from '@umuhuza/service/startFailure';
import { createTransport } from 'nodemailer';
import type { Mail, Post } from './mail.ts';
import { messageOf, type Sender } from './message.ts';

/** `2026-11-23T20-00-00.000Z-bids-opened-<id>.eml`: tells what it is, sorts by time, names nobody, and is safe on every file system. */
export const fileNameOf = ({ at, kind, id }: Pick<Mail, 'at' | 'kind' | 'id'>): string =>
  `${at.replaceAll(':', '-')}-${kind}-${id}.eml`;

/** Writes each mail into a folder, for a machine without a mail server. A repetition is the same file again. */
export const folderPost = async (folder: string, sender: Sender): Promise<Post> => {
  try {
    await mkdir(folder, { recursive: true });
  } catch (error) {
    throw new StartFailure(
      `The mail folder ${folder} cannot be made. Set MAIL_DIR to one that can be written, or set SMTP_URL.`,
      {
        cause: error,
      },
    );
  }
  const transport = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });
  return {
    send: async (mail) => {
      const { message } = await transport.sendMail(messageOf(mail, sender));
      const name = fileNameOf(mail);
      const unfinished = join(folder, `.${name}.${process.pid}`);
      const file = await open(unfinished, 'w');
      try {
        await file.writeFile(message as Buffer);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(unfinished, join(folder, name));
    },
    stop: async () => transport.close(),
  };
};
