import { after, given } from '@umuhuza/testing/given';
import { describe, expect, it } from 'vitest';
import { acceptInterest } from './acceptInterest.ts';
import { declineInterest } from './declineInterest.ts';
import { expireInterest } from './expireInterest.ts';
import { expressInterest } from './expressInterest.ts';
import { evolve, type Interest, type InterestFact, noInterest } from './interest.ts';
import { introduceBoth } from './introduceBoth.ts';

const kigali = { organisationId: 'kigali-1', name: 'Demonstration Software Kigali', country: 'RW' } as const;
const bremen = { organisationId: 'bremen-1', name: 'Demonstration Maschinenbau', country: 'DE' } as const;
const at = '2026-11-01T12:00:00.000Z';
const expiresAt = '2026-11-15T12:00:00.000Z';
const justInTime = '2026-11-15T11:59:59.999Z';
const contact = { name: 'Demonstration Contact', email: 'contact@demonstration.example' };

const express = {
  interestId: 'i-1',
  from: kigali,
  to: bremen,
  message: 'We would like to talk.',
  contact,
  consent: true,
  user: 'user-1',
  at,
};
const expressed: InterestFact = {
  type: 'InterestExpressed',
  interestId: 'i-1',
  from: kigali,
  to: bremen,
  message: 'We would like to talk.',
  consentOfFrom: { user: 'user-1', at, contact },
  expressedAt: at,
  expiresAt,
};
const accepted: InterestFact = { type: 'InterestAccepted', consent: { user: 'user-2', at: justInTime }, at: justInTime };
const declined: InterestFact = { type: 'InterestDeclined', reason: 'We are fully booked.', at: justInTime };
const introduced: InterestFact = { type: 'BothIntroduced', cooperationId: 'c-1' };
const interestAfter = (...facts: InterestFact[]): Interest => after(noInterest, evolve, facts);
const open = interestAfter(expressed);
const gone = interestAfter(expressed, { type: 'InterestExpired' });
const accept = { by: 'bremen-1', user: 'user-2', consent: true, at: justInTime };
const decline = { by: 'bremen-1', reason: 'We are fully booked.', at: justInTime };

describe('expressing interest', () => {
  it('records who agreed to be known, and waits 14 days for an answer', () =>
    given(noInterest).when(expressInterest, express).then(expressed));
  it('needs the consent of the one who asks', () =>
    given(noInterest)
      .when(expressInterest, { ...express, consent: false })
      .thenRefused('consent-missing'));
  it('is not for oneself', () =>
    given(noInterest)
      .when(expressInterest, { ...express, to: kigali })
      .thenRefused('interest-in-oneself'));
  it('stays quiet when told again', () => {
    for (const interest of [open, gone, interestAfter(expressed, accepted), interestAfter(expressed, declined)])
      given(interest).when(expressInterest, express).thenNothing();
  });
});

describe('accepting an interest', () => {
  it('is the asked side’s, with its own recorded consent', () => given(open).when(acceptInterest, accept).then(accepted));
  it('passes on the contact that is given with it', () =>
    given(open)
      .when(acceptInterest, { ...accept, contact })
      .then({ ...accepted, consent: { user: 'user-2', at: justInTime, contact } }));
  it('needs consent', () =>
    given(open)
      .when(acceptInterest, { ...accept, consent: false })
      .thenRefused('consent-missing'));
  it('stays quiet when told again, also after the introduction', () => {
    given(interestAfter(expressed, accepted)).when(acceptInterest, accept).thenNothing();
    given(interestAfter(expressed, accepted, introduced))
      .when(acceptInterest, accept)
      .thenNothing();
  });
  it('is refused to the one who asked, and unknown to everybody else', () => {
    given(open)
      .when(acceptInterest, { ...accept, by: 'kigali-1' })
      .thenRefused('not-yours-to-answer');
    given(open)
      .when(acceptInterest, { ...accept, by: 'somebody' })
      .thenRefused('no-such-interest');
    given(noInterest).when(acceptInterest, accept).thenRefused('no-such-interest');
  });
  it('is refused after it was declined', () =>
    given(interestAfter(expressed, declined)).when(acceptInterest, accept).thenRefused('interest-answered'));
  it('is refused from the instant it expires, whether or not a timer came', () => {
    given(open)
      .when(acceptInterest, { ...accept, at: expiresAt })
      .thenRefused('interest-expired');
    given(gone).when(acceptInterest, accept).thenRefused('interest-expired');
  });
});

describe('declining an interest', () => {
  it('may give a reason', () => given(open).when(declineInterest, decline).then(declined));
  it('needs none', () =>
    given(open).when(declineInterest, { by: 'bremen-1', at: justInTime }).then({ type: 'InterestDeclined', at: justInTime }));
  it('stays quiet when told again', () => given(interestAfter(expressed, declined)).when(declineInterest, decline).thenNothing());
  it('is refused after it was accepted or has expired, and to the one who asked', () => {
    given(interestAfter(expressed, accepted)).when(declineInterest, decline).thenRefused('interest-answered');
    given(interestAfter(expressed, accepted, introduced))
      .when(declineInterest, decline)
      .thenRefused('interest-answered');
    given(gone).when(declineInterest, decline).thenRefused('interest-expired');
    given(open)
      .when(declineInterest, { ...decline, at: expiresAt })
      .thenRefused('interest-expired');
    given(open)
      .when(declineInterest, { ...decline, by: 'kigali-1' })
      .thenRefused('not-yours-to-answer');
    given(open)
      .when(declineInterest, { ...decline, by: 'somebody' })
      .thenRefused('no-such-interest');
    given(noInterest).when(declineInterest, decline).thenRefused('no-such-interest');
  });
});

describe('an interest nobody answers', () => {
  it('expires after 14 days, not a moment before', () => {
    given(open).when(expireInterest, { at: justInTime }).thenNothing();
    given(open).when(expireInterest, { at: expiresAt }).then({ type: 'InterestExpired' });
  });
  it('expires once, and not when it was answered', () => {
    for (const interest of [noInterest, gone, interestAfter(expressed, accepted), interestAfter(expressed, declined)])
      given(interest).when(expireInterest, { at: '2027-01-01T00:00:00.000Z' }).thenNothing();
  });
});

describe('the introduction', () => {
  it('follows once the cooperation has begun', () => {
    given(interestAfter(expressed, accepted)).when(introduceBoth, { cooperationId: 'c-1' }).then(introduced);
    expect(interestAfter(expressed, accepted, introduced)).toMatchObject({ status: 'introduced', cooperationId: 'c-1' });
  });
  it('does not follow anything else, and only once', () => {
    for (const interest of [
      noInterest,
      open,
      gone,
      interestAfter(expressed, declined),
      interestAfter(expressed, accepted, introduced),
    ])
      given(interest).when(introduceBoth, { cooperationId: 'c-1' }).thenNothing();
  });
  it('is no fact of an interest that does not exist', () => expect(evolve(noInterest, introduced)).toEqual(noInterest));
});
