import { after, given } from '@umuhuza/testing/given';
import { describe, expect, it } from 'vitest';
import { archive } from './archive.ts';
import { beginAttempt } from './beginAttempt.ts';
import { bringBack } from './bringBack.ts';
import { endAttempt, pauses } from './endAttempt.ts';
import { markRead } from './markRead.ts';
import { markSeen } from './markSeen.ts';
import { absent, evolve, type Notification, type NotificationFact } from './notification.ts';
import { notify } from './notify.ts';

type Told = { readonly kind: string };
const at = '2026-11-23T12:00:00.000Z';
const later = '2026-11-23T13:00:00.000Z';
const forOwner = { recipient: 'owner', organisation: 'org-1', told: { kind: 'bids-opened' }, at };
const by = 'owner';

const which = (...facts: NotificationFact<Told>[]): Notification<Told> =>
  after<Notification<Told>, NotificationFact<Told>>(absent, evolve, facts);
const none: Notification<Told> = absent;
const unseen = which({ type: 'PutInInbox', ...forOwner });
const seen = evolve(unseen, { type: 'Seen', at });
const read = evolve(seen, { type: 'Read', at: later });
/** Of the same reader, and nobody else may know that it is. */
const hidden = { sealed: { place: 3 } };
const putAway = evolve(read, { type: 'Archived', at: later });
const putAwayUnread = evolve(unseen, { type: 'Archived', at: later });
const queued = which({ type: 'Queued', ...forOwner });
const underWay = evolve(queued, { type: 'AttemptBegun', attempt: 'a1', until: '2026-11-23T12:03:00.000Z' });
const sent = evolve(underWay, { type: 'Sent', at });
const failed = evolve(underWay, { type: 'GivenUp', reason: '550 no such mailbox', at });
const suppressed = evolve(underWay, { type: 'Suppressed', reason: 'switched-off' });
const inInbox = [unseen, seen, read, putAway, putAwayUnread];
const asMail = [queued, underWay, sent, failed, suppressed];

describe('telling a person', () => {
  it('puts it in the inbox', () =>
    given(none)
      .when(notify, { ...forOwner, channel: 'inbox', wanted: true })
      .then({ type: 'PutInInbox', ...forOwner }));
  it('keeps out of the inbox what is not wanted there, and remembers that', () =>
    given(none)
      .when(notify, { ...forOwner, channel: 'inbox', wanted: false })
      .then({ type: 'NotWanted', channel: 'inbox', reason: 'switched-off', ...forOwner }));
  it('queues a mail whatever is wanted now, because that is asked when it is sent', () => {
    for (const wanted of [true, false])
      given(none)
        .when(notify, { ...forOwner, channel: 'email', wanted })
        .then({ type: 'Queued', ...forOwner });
  });
  it('stays quiet when told again, in whatever state it is', () => {
    for (const notification of [...inInbox, ...asMail])
      for (const channel of ['inbox', 'email'] as const)
        given(notification)
          .when(notify, { ...forOwner, channel, wanted: true })
          .thenNothing();
  });
});

describe('a notification in the inbox', () => {
  it('becomes seen once', () => {
    given(unseen).when(markSeen, { by, at }).then({ type: 'Seen', at });
    for (const notification of [seen, read, putAway]) given(notification).when(markSeen, { by, at }).thenNothing();
  });
  it('becomes read once, also when it was put away unread', () => {
    for (const notification of [unseen, seen, putAwayUnread])
      given(notification).when(markRead, { by, at: later }).then({ type: 'Read', at: later });
    for (const notification of [read, putAway]) given(notification).when(markRead, { by, at: later }).thenNothing();
  });
  it('counts as seen when it is read without being seen before', () => {
    expect(evolve(unseen, { type: 'Read', at: later })).toMatchObject({ status: 'read', seenAt: later, readAt: later });
    expect(evolve(seen, { type: 'Read', at: later })).toMatchObject({ status: 'read', seenAt: at, readAt: later });
  });
  it('can be put away in every state, once', () => {
    for (const notification of [unseen, seen, read]) given(notification).when(archive, { by, at }).then({ type: 'Archived', at });
    for (const notification of [putAway, putAwayUnread]) given(notification).when(archive, { by, at }).thenNothing();
  });
  it('comes back as it was before', () => {
    given(putAway).when(bringBack, { by, at: later }).then({ type: 'BroughtBack', at: later });
    given(read).when(bringBack, { by, at: later }).thenNothing();
    for (const before of [unseen, seen, read]) {
      const back = evolve(evolve(before, { type: 'Archived', at: later }), { type: 'BroughtBack', at: later });
      expect(back).toEqual({ ...before, touchedAt: later });
    }
  });
  it('comes back read when it was read while put away', () => {
    const back = evolve(evolve(putAwayUnread, { type: 'Read', at: later }), { type: 'BroughtBack', at: later });
    expect(back).toMatchObject({ status: 'read', readAt: later });
  });
  it('is nobody else’s, and a mail or nothing at all is in no inbox', () => {
    for (const change of [markSeen, markRead, archive, bringBack]) {
      for (const notification of inInbox)
        given(notification)
          .when(change<Told>, { by: 'stranger', at })
          .thenRefused('no-such-notification');
      for (const notification of [none, ...asMail])
        given(notification)
          .when(change<Told>, { by, at })
          .thenRefused('no-such-notification');
    }
  });
});

describe('a queued mail', () => {
  it('is taken when it is due, and held for the one who took it', () => {
    given(queued)
      .when(beginAttempt, { attempt: 'a1', at })
      .then({ type: 'AttemptBegun', attempt: 'a1', until: '2026-11-23T12:03:00.000Z' });
    given(underWay).when(beginAttempt, { attempt: 'a2', at: '2026-11-23T12:02:59.999Z' }).thenNothing();
  });
  it('can be taken again when the one who took it is gone', () =>
    given(underWay)
      .when(beginAttempt, { attempt: 'a2', at: '2026-11-23T12:03:00.000Z' })
      .then({ type: 'AttemptBegun', attempt: 'a2', until: '2026-11-23T12:06:00.000Z' }));
  it('is sent, given up or suppressed as its attempt ended', () => {
    given(underWay).when(endAttempt, { attempt: 'a1', at, ending: 'sent' }).then({ type: 'Sent', at });
    given(underWay)
      .when(endAttempt, { attempt: 'a1', at, ending: 'never', reason: '550 no such mailbox' })
      .then({ type: 'GivenUp', reason: '550 no such mailbox', at });
    given(underWay)
      .when(endAttempt, { attempt: 'a1', at, ending: 'suppressed', reason: 'switched-off' })
      .then({ type: 'Suppressed', reason: 'switched-off' });
  });
  it('waits longer after each failure and is given up in the end', () => {
    let notification = queued;
    const waited: number[] = [];
    let now = at;
    for (let n = 0; n <= pauses.length; n++) {
      notification = after(notification, evolve<Told>, beginAttempt(notification, { attempt: `a${n}`, at: now }));
      notification = after(
        notification,
        evolve<Told>,
        endAttempt(notification, { attempt: `a${n}`, at: now, ending: 'not-now', reason: 'no answer' }),
      );
      if (notification.status !== 'queued') break;
      waited.push(Temporal.Instant.from(now).until(notification.notBefore).total('seconds'));
      now = notification.notBefore;
    }
    expect(waited).toEqual([...pauses]);
    expect([...pauses].sort((a, b) => a - b)).toEqual([...pauses]);
    expect(notification).toMatchObject({ status: 'failed', reason: 'no answer', attempts: pauses.length + 1 });
  });
  it('is not touched by an attempt that was taken over, unless the mail server did take the mail', () => {
    const takenOver = evolve(underWay, { type: 'AttemptBegun', attempt: 'a2', until: '2026-11-23T12:06:00.000Z' });
    given(takenOver).when(endAttempt, { attempt: 'a1', at, ending: 'not-now', reason: 'no answer' }).thenNothing();
    given(takenOver).when(endAttempt, { attempt: 'a1', at, ending: 'suppressed', reason: 'switched-off' }).thenNothing();
    given(takenOver).when(endAttempt, { attempt: 'a1', at, ending: 'sent' }).then({ type: 'Sent', at });
  });
  it('is not tried again once it was sent, given up or suppressed, and an inbox or nothing at all is never mailed', () => {
    for (const notification of [none, ...inInbox, sent, failed, suppressed]) {
      given(notification).when(beginAttempt, { attempt: 'a9', at: later }).thenNothing();
      given(notification).when(endAttempt, { attempt: 'a9', at: later, ending: 'sent' }).thenNothing();
    }
  });
});

describe('facts that do not belong to a state', () => {
  it('leave it as it is', () => {
    for (const notification of [none, ...asMail]) expect(evolve(notification, { type: 'Seen', at })).toBe(notification);
    for (const notification of [none, ...inInbox, sent, failed, suppressed])
      expect(evolve(notification, { type: 'Sent', at })).toBe(notification);
    expect(evolve(read, { type: 'Seen', at })).toBe(read);
    expect(evolve(putAway, { type: 'Archived', at })).toBe(putAway);
    expect(evolve(read, { type: 'BroughtBack', at })).toBe(read);
  });
});

describe('a sealed notification', () => {
  it('stays sealed, whatever becomes of it', () => {
    const inInbox = which({ type: 'PutInInbox', ...forOwner, ...hidden });
    const mail = which({ type: 'Queued', ...forOwner, ...hidden });
    const begun = evolve(mail, { type: 'AttemptBegun', attempt: 'a1', until: later });
    for (const one of [
      inInbox,
      evolve(inInbox, { type: 'Read', at }),
      evolve(inInbox, { type: 'Archived', at }),
      mail,
      begun,
      evolve(begun, { type: 'AttemptFailed', notBefore: later }),
      evolve(begun, { type: 'Sent', at }),
      evolve(begun, { type: 'GivenUp', reason: '550 no such mailbox', at }),
      evolve(begun, { type: 'Suppressed', reason: 'no-longer-a-member' }),
      which({ type: 'NotWanted', channel: 'inbox', reason: 'switched-off', ...forOwner, ...hidden }),
    ])
      expect(one).toMatchObject(hidden);
    given(none)
      .when(notify<Told>, { ...forOwner, ...hidden, channel: 'email', wanted: true })
      .then({ type: 'Queued', ...forOwner, ...hidden });
  });
});
