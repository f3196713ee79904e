import { catalogue } from '@umuhuza/contracts/catalogue';
import { mustBeKnown, notificationKind } from '@umuhuza/contracts/notifications/schemas';
import { describe, expect, it } from 'vitest';
import { catalogues, write } from './texts/write.ts';
import type { Receiver, Told, ToTell, ToTellAddressee } from './told.ts';
import { type TellingEvent, whatToTell } from './whatToTell.ts';

const exampleOf = (name: TellingEvent): never => {
  const [service = '', event = ''] = name.split('.');
  const { data, example } = (
    catalogue as never as Record<string, Record<string, { data: { parse: (x: unknown) => unknown }; example: unknown }>>
  )[service]?.[event] ?? { data: { parse: () => undefined }, example: undefined };
  return data.parse(example) as never;
};
const names = Object.keys(whatToTell) as TellingEvent[];
const tell = (name: TellingEvent, more: object = {}): readonly ToTell[] =>
  whatToTell[name]({ ...(exampleOf(name) as object), ...more } as never).tell as readonly ToTell[];
/** What is written to people without an account. */
const written = (name: TellingEvent, more: object = {}): readonly ToTellAddressee[] => {
  const row = whatToTell[name]({ ...(exampleOf(name) as object), ...more } as never) as { write?: readonly ToTellAddressee[] };
  return row.write ?? [];
};
/** Who is told what, shortly: `receiver: kind`. */
const told = (name: TellingEvent, more?: object) => tell(name, more).map(({ to, kind }) => `${receiver(to)}: ${kind}`);
const receiver = (to: Receiver): string => {
  if (typeof to === 'string') return to;
  return 'owners' in to ? `owners in ${to.owners}` : `told of ${to.toldBefore.join(' or ')}`;
};

describe('who is told what', () => {
  it.each([
    ['matching.FirmsMatched', ['o1: tender-matched']],
    ['tenders.FirmsInvited', ['o2: tender-invited']],
    ['tenders.TenderAmended', ['told of tender-matched or tender-invited: tender-amended']],
    ['tenders.QuestionAsked', ['o1: question-asked']],
    ['tenders.QuestionAnswered', ['told of tender-matched or tender-invited: question-answered']],
    ['tenders.QuestionRejected', ['told of tender-matched or tender-invited: question-rejected']],
    ['tenders.BiddingClosed', ['o1: bidding-closed']],
    ['tenders.BidsOpened', ['o1: bids-opened', 'o2: bids-opened', 'o3: bids-opened']],
    ['tenders.BidNotOpened', ['o4: bid-not-opened']],
    ['tenders.BidderInformed', ['o3: award-outcome']],
    ['tenders.LotAwarded', ['o1: lot-awarded']],
    ['tenders.BuyerReminded', ['o1: buyer-reminded']],
    [
      'tenders.TenderCancelled',
      ['o1: tender-cancelled', 'told of tender-matched or tender-invited or bids-opened: tender-cancelled'],
    ],
    ['tenders.TenderUnsuccessful', ['o1: tender-unsuccessful', 'told of bids-opened: tender-unsuccessful']],
    ['matching.InterestExpressed', ['o2: interest-expressed']],
    ['matching.InterestAccepted', ['o1: interest-accepted']],
    ['matching.InterestDeclined', ['o1: interest-declined']],
    ['matching.InterestExpired', ['o1: interest-expired', 'o2: interest-expired']],
    ['matching.CooperationStarted', ['o1: cooperation-started', 'o2: cooperation-started']],
    ['matching.CooperationEnded', ['o1: cooperation-ended', 'o2: cooperation-ended']],
    ['sandbox.BookingRequested', ['org-kigali-1: booking-requested', 'org-berlin-1: booking-requested']],
    ['sandbox.BookingConfirmed', ['org-berlin-1: booking-confirmed', 'org-kigali-1: booking-confirmed']],
    ['sandbox.TesterInvited', ['org-berlin-1: seats-changed', 'org-kigali-1: seats-changed']],
    ['sandbox.TesterRemoved', ['org-berlin-1: seats-changed', 'org-kigali-1: seats-changed']],
    ['sandbox.BookingDeclined', ['org-berlin-1: booking-declined', 'org-kigali-1: booking-declined']],
    ['sandbox.BookingCancelled', ['org-berlin-1: booking-cancelled', 'org-kigali-1: booking-cancelled']],
    ['sandbox.BookingRescheduled', ['org-berlin-1: booking-rescheduled', 'org-kigali-1: booking-rescheduled']],
    ['sandbox.BookingCompleted', ['org-berlin-1: booking-completed']],
    ['sandbox.FindingMoved', ['org-kigali-1: finding-moved']],
    ['sandbox.TestReportFinished', ['org-berlin-1: report-finished', 'org-kigali-1: report-finished']],
    ['sandbox.GuestDidNotShow', ['org-berlin-1: guest-did-not-show']],
    ['sandbox.PlaceOffered', ['org-berlin-2: place-offered']],
    ['sandbox.OfferExpired', ['org-berlin-2: offer-expired']],
    ['sandbox.SlotRescheduled', ['org-berlin-2: waitlist-rescheduled']],
    ['sandbox.WaitlistEnded', ['org-berlin-2: waitlist-ended']],
  ] as const)('when %s is heard', (name, expected) => expect(told(name)).toEqual(expected));

  it.each(['TenderAmended', 'QuestionAnswered', 'QuestionRejected', 'TenderCancelled', 'TenderUnsuccessful'] as const)(
    'tells those who follow a tender, too, of its %s',
    (name) => expect(told(`tenders.${name}`, { followers: ['o7', 'o8'] }).join()).toMatch(/o7: .*o8: /),
  );

  it('tells the owners of sealed bids first what becomes of these, and then nobody openly who may be taken for one', () => {
    for (const name of ['tenders.TenderAmended', 'tenders.TenderCancelled'] as const) {
      const rows = tell(name, { owners: 'a list', followers: ['o7'] }).filter(({ to }) => to !== 'o1');
      expect(rows.map(({ to }) => receiver(to))).toEqual(['owners in a list', expect.stringMatching(/^told of/), 'o7']);
      expect(rows.map(({ sealed }) => sealed)).toEqual([true, true, true]);
      expect(rows.map(({ data }) => (data as { ownBid?: boolean }).ownBid)).toEqual([true, undefined, undefined]);
      expect(tell(name, { followers: ['o7'] }).some(({ sealed }) => sealed)).toBe(false);
    }
    expect(tell('tenders.TenderAmended', { owners: 'a list' })[0]?.link).toBe('/tenders/t1/bid');
    expect(tell('tenders.TenderCancelled', { owners: 'a list' }).map(({ to, sealed }) => [receiver(to), sealed])[0]).toEqual([
      'o1',
      undefined,
    ]);
  });

  it('writes to the testers of a booking whatever becomes of it, and to nobody else without an account', () => {
    const testers = [{ testerId: 't1', name: 'Demonstration Tester', email: 'tester@demonstration.example' }];
    const mails = names.flatMap((name) =>
      written(name, { testers }).map(({ kind, addressee }) => `${name}: ${kind} to ${addressee.address}`),
    );
    expect(mails).toEqual([
      'sandbox.BookingConfirmed: tester-invited to tester@demonstration.example',
      'sandbox.BookingDeclined: booking-declined to tester@demonstration.example',
      'sandbox.BookingCancelled: booking-cancelled to tester@demonstration.example',
      'sandbox.BookingRescheduled: booking-rescheduled to tester@demonstration.example',
      'sandbox.TesterInvited: tester-invited to tester@demonstration.example',
      'sandbox.TesterRemoved: tester-removed to tester@demonstration.example',
    ]);
  });

  it('shows testers’ addresses to the guest and to nobody else', () => {
    const testers = [{ testerId: 't1', name: 'Demonstration Tester', email: 'planted@demonstration.example' }];
    for (const name of names) {
      if (!name.startsWith('sandbox.')) continue;
      for (const row of tell(name, { testers, tester: testers[0] }))
        if (row.to !== 'org-berlin-1') expect(JSON.stringify(row)).not.toContain('planted');
    }
  });

  it('tells a host of its own confirmation only where that changes its calendar', () =>
    expect(told('sandbox.BookingConfirmed', { confirmation: 'automatic' })).toEqual(['org-berlin-1: booking-confirmed']));

  it('tells a guest that its request has arrived only where it is not confirmed in the same instant', () =>
    expect(told('sandbox.BookingRequested', { confirmation: 'automatic' })).toEqual(['org-kigali-1: booking-requested']));

  it('tells the host alone that a request was not confirmed by itself because its slot is in another’s way', () => {
    const asked = tell('sandbox.BookingRequested', { confirmation: 'by-hand', inConflict: true });
    expect(asked.map(({ to, data }) => [to, 'inConflict' in data])).toEqual([
      ['org-kigali-1', true],
      ['org-berlin-1', false],
    ]);
    const full = tell('sandbox.BookingRequested', { confirmation: 'by-hand', inConflict: true, because: 'calendar-full' });
    expect(full[0]?.data).toMatchObject({ inConflict: true, isFull: true });
  });

  it('leaves no kind out that a person can choose', () =>
    // A reminder is told by the time, not by an event.
    expect(
      [
        ...new Set(['booking-reminder', ...names.flatMap((name) => [...tell(name), ...written(name)].map(({ kind }) => kind))]),
      ].toSorted(),
    ).toEqual(notificationKind.options.toSorted()));

  it('never switches off awards, contracts, refusals, cancellations, amendments and other times', () =>
    expect([...mustBeKnown].toSorted()).toEqual([
      'award-lapsed',
      'award-outcome',
      'booking-cancelled',
      'booking-declined',
      'booking-rescheduled',
      'contract-offered',
      'contract-signed',
      'lot-awarded',
      'tender-amended',
      'tender-cancelled',
    ]));

  it('tells of an appointment those who are appointed, and of a milestone the side that has not signed it off', () => {
    expect(tell('tenders.EvaluatorsAppointed')).toMatchObject([{ only: ['u1', 'u2'] }]);
    expect(told('tenders.MilestoneSignedOff', { by: 'buyer' })).toEqual(['o2: milestone-signed-off']);
  });

  it('tells a bidder nothing but its own outcome', () => {
    const [row] = tell('tenders.BidderInformed');
    expect(row?.data).toEqual({
      title: 'A portal for carriers',
      outcome: 'lost',
      rank: 2,
      score: 84.25,
      of: 2,
      winningScore: 91.5,
      reason: 'Rank 2 of 2 with 84.25 of 100 points; the winning bid has 91.5.',
      because: 'ranking',
    });
  });

  it('shows each side of a cooperation the other one’s name', () =>
    expect(tell('matching.CooperationStarted').map(({ to, other }) => [to, other?.name])).toEqual([
      ['o1', 'Demonstration Maschinenbau Bremen'],
      ['o2', 'Demonstration Software Kigali'],
    ]));
});

const reminderOf = (lead: 'day' | 'hour' | 'report'): Told => ({
  kind: 'booking-reminder',
  data: {
    title: 'Mobile money test room (demonstration)',
    product: 'Demonstration wallet',
    startsAt: '2026-11-23T07:00:00.000Z',
    endsAt: '2026-11-23T10:00:00.000Z',
    place: 'Kigali',
    lead,
    bookingId: 'b1',
  },
  other: { organisationId: 'org-kigali-1', name: 'Demonstration Software Ltd' },
  link: '/bookings/b1',
});

describe('what is written', () => {
  const all = [
    ...names.flatMap((name) => tell(name)).map(({ to: _, only: __, ...row }) => ({ ...row, other: row.other ?? null }) as Told),
    ...names.flatMap((name) => written(name)).map(({ of: _, ...row }) => ({ ...row, link: '/' }) as Told),
    ...(['day', 'hour', 'report'] as const).map(reminderOf),
  ];
  const named = all.map((one) => ({ ...one, other: one.other && { organisationId: 'x', name: 'The Other Company' } }) as Told);

  it.each(Object.keys(catalogues) as (keyof typeof catalogues)[])(
    'says in %s whom and what it is about, and nothing unfinished',
    (language) => {
      for (const one of named) {
        const { subject, body } = write(one, language, 'Africa/Kigali');
        const all = [subject, ...body].join('\n');
        expect(subject, one.kind).toMatch(/^\S.{4,250}\S$/);
        expect(body.length, one.kind).toBeGreaterThan(0);
        expect(all, one.kind).not.toMatch(/undefined|null|NaN|\[object|Invalid/);
        if (one.other) expect(all, one.kind).toContain('The Other Company');
        if ('title' in one.data && one.data.title) expect(all, one.kind).toContain(one.data.title);
      }
    },
  );

  it('says in the reader’s language that a request was not answered, and each side its own', () => {
    const lapsed = tell('sandbox.BookingDeclined', { by: 'platform', reason: 'The slot began before the host answered.' }).map(
      (row) => write({ ...row, other: { organisationId: 'x', name: 'Die andere Firma' } } as Told, 'de', 'Europe/Berlin'),
    );
    for (const { subject, body } of lapsed) {
      expect(subject).toMatch(/^Nicht beantwortet: /);
      expect(body.join()).toContain('Der Termin begann, bevor die Anfrage beantwortet war.');
      expect(body.join()).not.toContain('The slot began');
    }
    expect(lapsed.map(({ body: [first] }) => first)).toEqual([
      expect.stringMatching(/^Ihr Test .* bei Die andere Firma findet nicht statt\.$/),
      expect.stringMatching(/^Der Test .*, um den Die andere Firma Sie gebeten hat, findet nicht statt\.$/),
    ]);
    const [, host] = tell('sandbox.BookingDeclined', { by: 'host', reason: 'No power' });
    expect(write({ ...host, other: { organisationId: 'x', name: 'A' } } as Told, 'en', 'Europe/Berlin')).toMatchObject({
      subject: expect.stringMatching(/^Declined: /),
      body: [expect.stringMatching(/^You have declined /), expect.anything(), 'Reason given: No power'],
    });
  });

  it('tells who holds an offer of a slot that was moved until when, and who waits that it goes on waiting', () => {
    const [entry] = catalogue.sandbox.SlotRescheduled.example.waiting ?? expect.fail('the example has somebody who waits');
    const bodyFor = (more: object, language: 'en' | 'de') => {
      const [row] = tell('sandbox.SlotRescheduled', { waiting: [{ ...entry, ...more }] });
      const other = { organisationId: 'x', name: 'A' };
      return write({ ...row, other } as Told, language, 'Africa/Kigali').body.join(' ');
    };
    const offer = { until: '2026-11-20T15:00:00.000Z' };
    expect(bodyFor({}, 'en')).toMatch(/You keep your place in the waitlist\. .*leave the waitlist\.$/);
    expect(bodyFor(offer, 'en')).toMatch(/is held for you until Fri, 20 Nov 2026, 17:00 \(Kigali\).*let the place pass\.$/);
    expect(bodyFor(offer, 'en')).not.toContain('waitlist');
    expect(bodyFor({}, 'de')).toMatch(/Ihr Platz in der Warteliste bleibt Ihnen\. .*verlassen Sie die Warteliste\.$/);
    expect(bodyFor(offer, 'de')).toMatch(
      /ist bis Fr\., 20\. Nov\. 2026, 17:00 \(Kigali\).*für Sie reserviert.*verzichten Sie auf den Platz\.$/,
    );
    expect(bodyFor(offer, 'de')).not.toContain('Warteliste');
  });

  it('says why a tender fits in the reader’s language, and in English, saying so, where an earlier version told it', () => {
    const { reasonsIn: _, ...firm } = catalogue.matching.FirmsMatched.example.firms[0] ?? expect.fail('the example has a firm');
    const suggested = (some: object, language: 'en' | 'de') =>
      tell('matching.FirmsMatched', some)
        .flatMap((row) => write({ ...row, other: { organisationId: 'x', name: 'A' } } as Told, language, 'Europe/Berlin').body)
        .join(' ');
    expect(suggested({}, 'en')).toContain('Why it was suggested to you: Offers exactly what is asked: CPV 72212000. Speaks');
    expect(suggested({}, 'de')).toContain(
      'Warum sie Ihnen vorgeschlagen wird: Bietet genau, was gesucht wird: CPV 72212000. Spricht',
    );
    expect(suggested({}, 'de')).not.toContain('Offers');
    expect(suggested({ firms: [firm] }, 'de')).toContain('Warum sie Ihnen vorgeschlagen wird (auf Englisch): Offers exactly');
  });

  it('keeps a subject on one line, whatever a title holds', () => {
    const odd = {
      kind: 'tender-matched',
      other: null,
      link: '/tenders/t1',
      data: { title: 'A portal\r\nBcc: everybody@example.com', deadline: '2026-11-23T12:00:00.000Z', reasons: [] },
    } as Told;
    expect(write(odd, 'en', 'Europe/Berlin').subject).toBe('A tender that fits you: A portal Bcc: everybody@example.com');
  });

  it('tells an owner what becomes of its bid, and others of the tender', () => {
    const subjectsAndBodies = (name: 'tenders.TenderAmended' | 'tenders.TenderCancelled', language: 'en' | 'de') =>
      tell(name, { owners: 'a list', changesWhatIsAsked: true })
        .filter(({ other }) => other)
        .map((row) => {
          const other = { organisationId: 'o1', name: 'Demonstration Logistik GmbH' };
          const { subject, body } = write({ ...row, other } as Told, language, 'Africa/Kigali');
          return `${subject} ${body.join(' ')}`;
        });
    const [confirm, changed] = subjectsAndBodies('tenders.TenderAmended', 'en');
    expect(confirm).toMatch(/^Please confirm your bid: .*your bid is not valid any more/);
    expect(changed).toMatch(/^Changed: .*A bid that was given before only counts/);
    expect(subjectsAndBodies('tenders.TenderAmended', 'de')[0]).toMatch(/^Bitte bestätigen Sie Ihr Angebot: .*nicht mehr gültig/);
    const [deleted, ended] = subjectsAndBodies('tenders.TenderCancelled', 'en');
    expect(deleted).toContain('Your bid is deleted.');
    expect(ended).not.toContain('Your bid');
    expect(subjectsAndBodies('tenders.TenderCancelled', 'de')[0]).toContain('Ihr Angebot ist gelöscht.');
  });

  it('tells a won, a lost and an excluded bid apart', () => {
    const subjects = (['won', 'lost', 'disqualified'] as const).map((outcome) => {
      const [row] = tell('tenders.BidderInformed', { outcome });
      return write(
        { ...row, other: { organisationId: 'o1', name: 'Demonstration Logistik GmbH' } } as Told,
        'en',
        'Europe/Berlin',
      ).subject;
    });
    expect(subjects).toEqual([
      'You have won: A portal for carriers',
      'Not awarded to you: A portal for carriers',
      'Your bid was excluded: A portal for carriers',
    ]);
  });
});
