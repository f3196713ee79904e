import type { PersonLanguage } from '@umuhuza/contracts/identity/schemas';
import type { Invitation } from './invitation.ts';

/** A mail as it is given to the post, whichever post that is. */
export type Mail = {
  /** The notification's id: the Message-ID and the file name come from it, so that a repetition is recognisable. */
  readonly id: string;
  readonly kind: string;
  /** When the notification was made. */
  readonly at: string;
  readonly to: { readonly name: string; readonly address: string };
  readonly language: PersonLanguage;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** What the reader’s calendar is to do with it. */
  readonly invitation?: Invitation;
  /** The one-click address; absent where mail cannot be switched off. */
  readonly unsubscribe?: string;
};

/** This mail will never be taken: the server said so for this mail or this address. Anything else that is thrown may pass. */
export class MailRefused extends Error {
  override readonly name = 'MailRefused';
}

/** The mail server cannot be spoken to at all; other mails need not be tried now. */
export class PostUnreachable extends Error {
  override readonly name = 'PostUnreachable';
}

/** Where mail goes. */
export type Post = {
  /** Settles once the mail is accepted or on disk. Throws `MailRefused`, `PostUnreachable`, or what else went wrong. */
  readonly send: (mail: Mail) => Promise<void>;
  readonly stop: () => Promise<void>;
};
