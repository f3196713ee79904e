import { randomUUID } from 'node:crypto';
import { mustBeKnown } from '@umuhuza/contracts/notifications/schemas';
import { timeCause } from '@umuhuza/eventing/cause';
import { isOutage } from '@umuhuza/eventing/outage';
import type { Clock } from '@umuhuza/service/clock';
import type { Logger } from 'pino';
import type { Directory } from '../directory.ts';
import { beginAttempt } from '../notification/beginAttempt.ts';
import { type Ending, endAttempt } from '../notification/endAttempt.ts';
import type { InQueue, NotificationBook } from '../notificationBook.ts';
import { isWanted } from '../preferences/preferences.ts';
import { type PreferencesBook, wishesOf } from '../preferencesBook.ts';
import { hasMovedOn, noReminder, stillTrue } from '../reminder/reminder.ts';
import type { ReminderBook } from '../reminderBook.ts';
import type { Addressee, Told } from '../told.ts';
import type { ComposeMail } from './composeMail.ts';
import { invitedTo } from './invitation.ts';
import { MailRefused, type Post, PostUnreachable } from './mail.ts';

export type SendDeps = {
  readonly notifications: NotificationBook;
  readonly preferences: PreferencesBook;
  readonly directory: Directory;
  readonly reminders: ReminderBook;
  readonly post: Post;
  readonly compose: ComposeMail;
  readonly clock: Clock;
  readonly logger: Logger;
};

export type Mailing = {
  /** Settles when what was due has been tried, or all of it that can be tried now. */
  readonly sendDue: () => Promise<void>;
  /** No further mail is begun. */
  readonly stop: () => void;
};

/** How many are looked at in one round, and how many are under way at once. */
const batch = 200;
const sideBySide = 4;

/**
 * Works off the mails that are due. Each attempt is noted before it begins, so that of several senders one sends; it is noted again
 * when it ends. A crash after the mail server took the mail and before that was noted sends it once more when the attempt's time is
 * over, under the same Message-ID, by which mailboxes recognise it.
 */
export const openMailing = (deps: SendDeps): Mailing => {
  const { notifications, clock, logger } = deps;
  let away = false;
  /** Of an outage that only sealed mails met nothing is logged, its end neither. */
  let saidAway = false;
  let stopped = false;

  /**
   * Why the attempt failed; logged without the address that a mail server likes to repeat. Of a sealed one nothing is: a line would tell that there is
   * somebody to write to. What became of it is kept with it.
   */
  const failed = ({ id, mail }: InQueue, error: unknown): Ending => {
    const reason = error instanceof Error ? error.message : String(error);
    away = error instanceof PostUnreachable;
    if (mail.sealed) {
      // The next mail that may be spoken of says that the server is away.
    } else {
      if (!away)
        logger.warn({ notification: id, error: error instanceof Error ? error.name : 'unknown' }, 'a mail was not taken');
      else if (!saidAway) logger.warn({ reason }, 'the mail server cannot be reached; mails wait');
      saidAway = away;
    }
    return { ending: error instanceof MailRefused ? 'never' : 'not-now', reason };
  };

  const send = async (queued: InQueue): Promise<void> => {
    const attempt = randomUUID();
    const cause = timeCause('mail', clock());
    const begun = await notifications.change(queued.id, (mail) => beginAttempt(mail, { attempt, at: clock() }), cause);
    const ours = begun.outcome === 'done' && begun.state.status === 'queued' && begun.state.attempt === attempt;
    if (!ours) return;
    const ending = await tryToSend(deps, queued).catch((error: unknown) => failed(queued, error));
    if (ending.ending === 'sent') away = false;
    if (ending.ending === 'sent' && saidAway && !queued.mail.sealed) {
      logger.info('the mail server answers again');
      saidAway = false;
    }
    await notifications.change(queued.id, (mail) => endAttempt(mail, { ...ending, attempt, at: clock() }), cause);
  };

  const sendDue = async () => {
    const due = await notifications.due(clock(), batch);
    const work = due.values();
    const wasAway = away;
    const notNoted: unknown[] = [];
    const worker = async () => {
      for (const queued of work) {
        if (stopped) return;
        await send(queued).catch((error: unknown) => {
          if (isOutage(error)) throw error;
          // One whose attempt cannot be noted keeps no others from being sent.
          notNoted.push(error);
        });
        // What has not been tried keeps its patience: the server is away for all of them.
        if (away) return;
      }
    };
    await Promise.all(Array.from({ length: wasAway ? 1 : sideBySide }, worker));
    if (notNoted.length > 0) throw notNoted[0];
  };

  return {
    sendDue,
    stop: () => {
      stopped = true;
    },
  };
};

/** Wishes and membership count as they are now, not as they were when the mail was queued. */
const tryToSend = async (
  { notifications, preferences, directory, reminders, post, compose, clock }: SendDeps,
  { id, mail }: InQueue,
): Promise<Ending> => {
  if (isOver(mail.told, clock()) || (await isOvertaken({ reminders, notifications }, mail.told)))
    return { ending: 'suppressed', reason: 'overtaken' };
  if (mail.told.addressee) return sendToAddressee({ directory, post, compose }, { id, mail }, mail.told.addressee);
  const person = await directory.person(mail.recipient, mail.organisation);
  if (!person) return { ending: 'suppressed', reason: 'no-longer-a-member' };
  const wishes = await wishesOf(preferences, mail.recipient);
  if (!isWanted(wishes, mail.told.kind, 'email', mustBeKnown)) return { ending: 'suppressed', reason: 'switched-off' };
  if (mail.told.kind === 'booking-reminder') {
    const { bookingId, startsAt, lead } = mail.told.data;
    const reminder = (await reminders.find(bookingId)) ?? noReminder;
    if (!stillTrue(reminder, { startsAt, lead, at: clock() })) return { ending: 'suppressed', reason: 'overtaken' };
  }
  await post.send(
    compose({
      id,
      at: mail.at,
      told: mail.told,
      person,
      organisation: person.organisationName,
      language: wishes.language ?? person.language,
      timeZone: wishes.timeZone ?? person.timeZone,
    }),
  );
  return { ending: 'sent' };
};

const offeredUntil = ({ data }: Told): string | undefined => ('until' in data ? data.until : undefined);

/** An offer that waited until it was over; that its place has gone on is told by itself. */
const isOver = (told: Told, at: string): boolean => {
  const until = offeredUntil(told);
  return until !== undefined && Temporal.Instant.compare(until, at) <= 0;
};

/**
 * An offer whose slot has another time since, or was closed, says until when as it is no more; what became of it is told by itself. An invitation
 * that comes after what took it back would put the booking into the calendar again.
 */
const isOvertaken = async (
  { reminders, notifications }: Pick<SendDeps, 'reminders' | 'notifications'>,
  told: Told,
): Promise<boolean> => {
  if (told.entry && offeredUntil(told) !== undefined) return notifications.isToldAnew(told.entry);
  const invited = invitedTo(told);
  if (invited === undefined) return false;
  if (hasMovedOn((await reminders.find(invited.bookingId)) ?? noReminder, invited)) return true;
  return told.addressee !== undefined && notifications.wasTakenOut({ ...invited, tester: told.addressee.id });
};

/** Of somebody without an account nothing is known but the address; it is written to like the people of the firm that brought it in. */
const sendToAddressee = async (
  { directory, post, compose }: Pick<SendDeps, 'directory' | 'post' | 'compose'>,
  { id, mail }: InQueue,
  { name, address }: Addressee,
): Promise<Ending> => {
  const firm = await directory.organisation(mail.organisation);
  const [colleague] = firm?.members ?? [];
  await post.send(
    compose({
      id,
      at: mail.at,
      told: mail.told,
      person: { userId: mail.recipient, name, email: address },
      organisation: firm?.name ?? mail.organisation,
      language: colleague?.language ?? 'en',
      timeZone: colleague?.timeZone ?? 'Europe/Berlin',
    }),
  );
  return { ending: 'sent' };
};
