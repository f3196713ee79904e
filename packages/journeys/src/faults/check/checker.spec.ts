import { idFrom } from '@umuhuza/eventing/cause';
import { describe, expect, it } from 'vitest';
import type { Command, Document, History, Page, Violation } from '../history.ts';
import { check, tellHistoryOf } from './checker.ts';
import { effect } from './effects.ts';
import { eachIsToldOnce } from './notifications.ts';
import { page, soundHistory } from './recorded.fixture.ts';
import type { SeenBid } from './states.ts';

/** The sound history with one collection changed by hand. */
const withDocuments = (
  service: string,
  name: string,
  change: (documents: readonly Document[]) => readonly Document[],
): History => {
  const history = soundHistory();
  const collections = history.databases[service] ?? {};
  return {
    ...history,
    databases: { ...history.databases, [service]: { ...collections, [name]: change(collections[name] ?? []) } },
  };
};
const withState = (service: string, name: string, id: string, change: (state: Record<string, unknown>) => object): History =>
  withDocuments(service, name, (documents) =>
    documents.map((one) => (one._id === id ? { ...one, state: change(one.state as Record<string, unknown>) } : one)),
  );
const withMessages = (stream: string, change: (messages: History['streams'][number]['messages']) => typeof messages): History => {
  const history = soundHistory();
  return {
    ...history,
    streams: history.streams.map((one) => (one.name === stream ? { ...one, messages: change(one.messages) } : one)),
  };
};
const withCommands = (change: (command: Command) => Command): History => {
  const history = soundHistory();
  return { ...history, commands: history.commands.map(change) };
};
const rulesBroken = (history: History): string[] => [...new Set(check(history).map(({ rule }) => rule))];
const said = (history: History): string =>
  check(history)
    .map((violation: Violation) => violation.says)
    .join('\n');

const noon = '2026-11-23T12:00:00.000Z';

const effectRule = 'commands take effect as their clients were told';
const streamRule = 'each event is in its stream exactly once, in order';
const appliedRule = 'every subscriber applied every event';
const notificationRule = 'one notification for each event, recipient and channel';
const bidRule = 'no bid is lost or late';
const poisonRule = 'poison ends as a dead letter, everything else gets through';

describe('the checker', () => {
  it('finds nothing in a history in which everything held', () => expect(check(soundHistory())).toEqual([]));

  describe('of what clients were told', () => {
    it('finds an acknowledged tender that is not there', () => {
      const history = withState('tenders', 'tenders', 't1', (state) => ({
        ...state,
        terms: { title: 'Another', description: '' },
      }));
      expect(rulesBroken(history)).toEqual([effectRule]);
      expect(said(history)).toContain('tender:A portal stands 0 times instead of 1');
    });
    it('finds an acknowledged booking that took effect twice', () => {
      const history = withState('sandbox', 'slots', 's1', (state) => ({
        ...state,
        capacity: 2,
        bookings: [
          ...(state.bookings as object[]),
          { id: 'b2', status: 'requested', product: { name: 'Wallet' }, guest: { organisationId: 'rival' } },
        ],
      }));
      expect(rulesBroken(history)).toEqual([effectRule]);
    });
    it('finds a repetition at the end of the run that was told otherwise, and lets a body be computed anew', () => {
      const later = (status: number, body = 'another') =>
        withCommands((command) => (command.what === 'books a place' ? { ...command, toldLater: { status, body } } : command));
      expect(said(later(409))).toContain('books a place was told 201  and later 409');
      expect(said(later(201))).toContain('books a place was told 409  and later 201');
      expect(said(later(201))).not.toContain('was told 201  and');
    });
    it('finds a refused booking that took effect all the same', () => {
      const history = withState('sandbox', 'slots', 's1', (state) => ({
        ...state,
        capacity: 2,
        bookings: [
          ...(state.bookings as object[]),
          { id: 'b2', status: 'requested', product: { name: 'Rival wallet' }, guest: { organisationId: 'rival' } },
        ],
      }));
      expect(rulesBroken(history)).toEqual([effectRule]);
      expect(said(history)).toContain('booking:Rival wallet stands 1 times instead of 0');
    });
    it('takes an unanswered booking once, and finds it twice', () => {
      const booked = (times: number) =>
        withState('sandbox', 'slots', 's1', (state) => ({
          ...state,
          capacity: 9,
          bookings: [
            ...(state.bookings as object[]),
            ...Array.from({ length: times }, (_, n) => ({
              id: `l${n}`,
              status: 'requested',
              product: { name: 'Lost wallet' },
              guest: { organisationId: `guest-${n}` },
            })),
          ],
        }));
      expect(check(booked(1))).toEqual([]);
      expect(rulesBroken(booked(2))).toEqual([effectRule]);
    });
    it('finds a repetition that was told something else', () => {
      const history = withCommands((command) =>
        command.what === 'publishes a tender' ? { ...command, toldAgain: [{ status: 409, body: 'other' }] } : command,
      );
      expect(rulesBroken(history)).toEqual(['a repetition gets the first answer']);
    });
  });

  describe('of what became of a booking, a bid, a profile', () => {
    const withCommand = (history: History, name: string, status = 200): History => ({
      ...history,
      commands: [
        ...history.commands,
        {
          ...(history.commands[0] as Command),
          n: 99,
          what: 'does something',
          effect: name,
          told: [{ status, body: '' }],
          toldAgain: [],
        },
      ],
    });
    const booked = (some: object) =>
      withState('sandbox', 'slots', 's1', (state) => ({
        ...state,
        bookings: (state.bookings as object[]).map((one) => ({ ...one, ...some })),
      }));
    const queued = (some: object) =>
      withState('sandbox', 'slots', 's1', (state) => ({ ...state, waitlist: [{ id: 'w1', product: { name: 'W' }, ...some }] }));
    const ended = (some: object) => withState('tenders', 'tenders', 't1', (state) => ({ ...state, ...some }));
    it.each<[string, string, History]>([
      ['a declined booking', effect.declined('No room.'), booked({ status: 'declined', reason: 'No room.' })],
      ['a report', effect.completed('It pays.'), booked({ status: 'completed', report: { summary: 'It pays.' } })],
      ['a guest who did not come', effect.noShow('b1'), booked({ status: 'no-show' })],
      [
        'places that were added',
        effect.capacity('s1', 4),
        withState('sandbox', 'slots', 's1', (state) => ({ ...state, capacity: 4 })),
      ],
      ['an offer that was let pass', effect.offerDeclined('w1'), queued({ status: 'declined' })],
      [
        'a disqualified bid',
        effect.disqualified('No licence.'),
        withState('tenders', 'tenders', 't1', (state) => ({
          ...state,
          bids: (state.bids as object[]).map((one, n) => (n === 1 ? { ...one, disqualifiedBecause: 'No licence.' } : one)),
        })),
      ],
      [
        'a lot without an award',
        effect.unsuccessful('Too dear.'),
        ended({
          results: [
            { kind: 'awarded', lotId: 'lot', bidId: 'bid-of-firm', winner: 'firm' },
            { kind: 'unsuccessful', lotId: 'other', reason: 'Too dear.' },
          ],
        }),
      ],
      [
        'a notification that was read',
        effect.read('t1-2-buyer-inbox'),
        withState('notifications', 'notifications', 't1-2-buyer-inbox', (state) => ({ ...state, readAt: 'noon' })),
      ],
    ])('takes %s when it is told so, and finds it when it was refused or is not there', (_what, name, history) => {
      expect(check(withCommand(history, name))).toEqual([]);
      expect(rulesBroken(withCommand(history, name, 409))).toEqual([effectRule]);
      expect(rulesBroken(withCommand(soundHistory(), name))).toEqual([effectRule]);
    });

    it('takes a bid that was taken back for no loss, and finds one that is kept all the same', () => {
      const name = effect.bidWithdrawn('t1', 'rival');
      const gone = withState('tenders', 'tenders', 't1', (state) => ({ ...state, bids: (state.bids as object[]).slice(0, 1) }));
      expect(check(withCommand(gone, name))).toEqual([]);
      expect(rulesBroken(gone)).toEqual([bidRule]);
      expect(rulesBroken(withCommand(gone, name, 409))).toEqual([bidRule]);
      expect(rulesBroken(withCommand(soundHistory(), name))).toEqual([bidRule]);
    });
  });

  describe('of equal requests sent at once', () => {
    const equalRule = 'a repetition gets the first answer';
    const published = (change: (command: Command) => Command) =>
      withCommands((command) => (command.what === 'publishes a tender' ? change(command) : command));
    const refused = { status: 409, body: 'no', problem: '/problems/not-a-draft' };
    const reused = { status: 422, body: 'no', problem: '/problems/key-used-for-another-request' };
    it('finds one that was acknowledged and refused', () => {
      const history = published((command) => ({ ...command, told: [...command.told, refused] }));
      expect(rulesBroken(history)).toEqual([equalRule]);
      expect(said(history)).toContain('was told 200');
    });
    it('finds a request that no contract knows, for then a scene plays nothing', () => {
      const unknown = { status: 400, body: 'no', problem: '/problems/invalid-request' };
      expect(rulesBroken(withCommands((one) => (one.what === 'asks' ? { ...one, told: [unknown] } : one)))).toContain(equalRule);
    });
    it('finds a key that was taken for another request’s, whatever else was told', () => {
      expect(rulesBroken(published((command) => ({ ...command, told: [reused, ...command.told] })))).toEqual([equalRule]);
      const never = withCommands((command) => (command.what === 'asks' ? { ...command, told: [refused, reused] } : command));
      expect(rulesBroken(never)).toEqual([equalRule]);
    });
  });

  describe('of the streams', () => {
    it('finds an event that the stream lost', () => {
      const history = withMessages('SANDBOX', (messages) => messages.slice(0, 1));
      expect(rulesBroken(history)).toContain(streamRule);
      expect(said(history)).toContain('is 0 times in the stream');
    });
    it('finds an event that the stream holds twice', () => {
      const history = withMessages('PROFILES', (messages) => [...messages, ...messages.map((one) => ({ ...one, seq: 9 }))]);
      expect(rulesBroken(history)).toEqual([streamRule]);
      expect(said(history)).toContain('is 2 times in the stream');
    });
    it('finds two events in the wrong order', () => {
      const history = withMessages('SANDBOX', (messages) => messages.toReversed());
      expect(rulesBroken(history)).toEqual([streamRule]);
      expect(said(history)).toContain('come as 2, 1');
    });
    it('finds a gap in what an aggregate has said', () => {
      const history = withDocuments('sandbox', 'slots', (slots) => slots.map((slot) => ({ ...slot, sequence: 3 })));
      expect(rulesBroken(history)).toEqual([streamRule]);
    });
    it('finds the only event of an aggregate when nothing but its count tells of it', () => {
      const history = withMessages('MATCHING', (messages) => messages.filter(({ envelope }) => envelope?.subject !== 'i1'));
      const { matching = {}, notifications = {} } = history.databases;
      const without = (documents: readonly Document[] = []) => documents.filter(({ _id }) => !_id.startsWith('i1'));
      const lost = {
        ...history,
        databases: {
          ...history.databases,
          matching: { ...matching, events: without(matching.events) },
          notifications: { ...notifications, notifications: without(notifications.notifications) },
        },
      };
      expect(rulesBroken(lost)).toEqual([streamRule]);
      expect(said(lost)).toContain('the events of i1 come as none; its document counts 1');
    });
    it('finds an event that no document of the service knows', () => {
      const history = withDocuments('sandbox', 'events', (events) => events.slice(1));
      expect(rulesBroken(history)).toEqual([streamRule]);
      expect(said(history)).toContain('the service does not keep it');
    });
    it('finds what still waits to be sent', () => {
      const history = withDocuments('profiles', 'profiles', (pages) =>
        pages.map((one) => ({ ...one, outbox: soundHistory().streams[1]?.messages.flatMap(({ envelope }) => envelope ?? []) })),
      );
      expect(rulesBroken(history)).toEqual(['nothing waits to be sent']);
    });
  });

  describe('of the subscribers', () => {
    it.each([
      ['a name that was never learned', 'tenders', 'organisations', (documents: readonly Document[]) => documents.slice(1)],
      [
        'a firm known by an older profile than was told last',
        'matching',
        'firms',
        (documents: readonly Document[]) => documents.map((one) => ({ ...one, sequence: 0 })),
      ],
      [
        'a tender that still counts as open after bidding closed',
        'matching',
        'tenders',
        (documents: readonly Document[]) => documents.map((one) => ({ ...one, over: false })),
      ],
      [
        'an organisation nobody told of',
        'sandbox',
        'organisations',
        (documents: readonly Document[]) => [...documents, { _id: 'ghost', sequence: 1, name: 'Ghost (demonstration)' }],
      ],
      [
        'a firm of which something else is kept than was told',
        'matching',
        'firms',
        (documents: readonly Document[]) =>
          documents.map((one) => ({ ...one, profile: { ...(one.profile as object), teamSize: 7 } })),
      ],
      [
        'a tender whose terms are gone',
        'matching',
        'tenders',
        (documents: readonly Document[]) => documents.map((one) => ({ ...one, tender: null })),
      ],
      [
        'an organisation of which more is kept than was told',
        'notifications',
        'organisations',
        (documents: readonly Document[]) => documents.map((one) => ({ ...one, extra: 'left over' })),
      ],
      ['an invited firm that matching does not know to be invited', 'matching', 'invitations', () => []],
      [
        'an invitation that nobody gave',
        'matching',
        'invitations',
        (all: readonly Document[]) => [...all, { _id: 't1/rival', sequence: 2 }],
      ],
      ['an award that began no cooperation', 'matching', 'cooperations', () => []],
      ['an open tender for which nobody drew firms', 'matching', 'tenderMatches', () => []],
      [
        'a drawing that another event made',
        'matching',
        'tenderMatches',
        (documents: readonly Document[]) => documents.map((one) => ({ ...one, applied: [] })),
      ],
      [
        'a tender that was not told which firms match it',
        'tenders',
        'tenders',
        (documents: readonly Document[]) => documents.map((one) => ({ ...one, applied: [] })),
      ],
      [
        'a profile that never heard of its organisation',
        'profiles',
        'profiles',
        (documents: readonly Document[]) => documents.map((one) => ({ ...one, applied: [] })),
      ],
    ])('finds %s', (_what, service, name, change) =>
      expect(rulesBroken(withDocuments(service, name, change))).toContain(appliedRule),
    );
    it('finds an award that proved no reference', () =>
      expect(rulesBroken(withState('profiles', 'profiles', 'firm', (state) => ({ ...state, verified: [] })))).toEqual([
        appliedRule,
      ]));
    it('finds an award that proved a reference twice', () =>
      expect(
        rulesBroken(
          withState('profiles', 'profiles', 'firm', (state) => ({ ...state, verified: [{ id: 't1-lot' }, { id: 't1-lot' }] })),
        ),
      ).toEqual([appliedRule]));
  });

  describe('of the notifications', () => {
    it('finds one that was put in twice', () => {
      const history = withDocuments('notifications', 'notifications', (all) => [...all, { ...(all[0] as Page), _id: 'by-hand' }]);
      expect(rulesBroken(history)).toEqual([notificationRule]);
      expect(said(history)).toContain('2 notifications tell');
    });
    it('finds one that is missing on one channel', () => {
      const history = withDocuments('notifications', 'notifications', (all) => all.slice(1));
      expect(rulesBroken(history)).toEqual([notificationRule]);
      expect(said(history)).toContain('nobody told');
    });
    it('finds one that no event explains', () => {
      const history = withDocuments('notifications', 'notifications', (all) => [
        ...all,
        page(
          'stray',
          { recipient: 'user-of-rival', channel: 'inbox' },
          { applied: [{ aggregate: 'tenders/t1', sequences: [2, 2] }] },
        ),
      ]);
      expect(rulesBroken(history)).toEqual([notificationRule]);
      expect(said(history)).toContain('no event explains');
    });
  });

  describe('of notifications whose audience is settled once', () => {
    const withAudience = (organisations: readonly string[] | undefined) =>
      withDocuments('notifications', 'audiences', (all) => (organisations ? all.map((one) => ({ ...one, organisations })) : []));
    const invitation = (one: Document) => (one as Page).applied[0]?.aggregate === 'matching/t2';
    it('finds firms that were matched and never told, because nobody settled it or settled on nobody', () => {
      expect(said(withAudience(undefined))).toContain('it was never settled who is told');
      expect(said(withAudience([]))).toContain('firm is not among those who are told');
    });
    it('finds a matched firm without its notification', () => {
      const history = withDocuments('notifications', 'notifications', (all) => all.filter((one) => !invitation(one)));
      expect(rulesBroken(history)).toEqual([notificationRule]);
      expect(said(history)).toContain('matching.FirmsMatched: nobody told');
      // None of those whose turn came only after the end of the tender, or of its bidding, is missed.
      const data = { buyer: { organisationId: 'buyer' } };
      for (const name of ['TenderCancelled', 'BiddingClosed']) {
        const { streams } = withMessages('TENDERS', (messages) =>
          messages.map((one) =>
            one.envelope?.subject === 't2' && one.envelope.type.includes('TenderPublished')
              ? { ...one, envelope: { ...one.envelope, type: `umuhuza.tenders.${name}.v1`, data } }
              : one,
          ),
        );
        expect(said({ ...history, streams }), name).not.toContain('matching.FirmsMatched: nobody told');
        // But where the service had not even come to the firm, it was not for the end that nobody was told.
        const { notifications } = history.databases;
        const databases = { ...history.databases, notifications: { ...notifications, tellings: [] } };
        expect(said({ ...history, streams, databases }), name).toContain('matching.FirmsMatched: nobody told');
      }
    });
    it('finds one that is told without a reason', () =>
      expect(said(withAudience(['firm', 'rival']))).toContain('rival is told without a reason'));
    it('finds an owner of a sealed bid who is not told, and lets owners be told', () => {
      const [amended] = soundHistory().streams.flatMap(({ messages }) => messages.flatMap(({ envelope }) => envelope ?? []));
      if (!amended) throw new Error('something was said');
      const event = { ...amended, id: 'amended', source: '/tenders', subject: 't9', sequence: 1, data: { owners: 'sealed' } };
      const envelope = { ...event, type: 'umuhuza.tenders.TenderAmended.v1' };
      const said = (organisations: readonly string[]) =>
        eachIsToldOnce({
          ...soundHistory(),
          owners: { amended: ['rival'] },
          streams: [{ name: 'TENDERS', subscribers: [], messages: [{ seq: 1, subject: 'x', text: '', envelope }] }],
          databases: { notifications: { audiences: [{ _id: idFrom({ id: 'amended' }), organisations }] } },
        }).map(({ says }) => says);
      expect(said([])).toEqual(['tenders.TenderAmended 1: rival is not among those who are told']);
      expect(said(['rival'])).toEqual([]);
      expect(said(['rival', 'firm'])).toEqual(['tenders.TenderAmended 1: firm is told without a reason']);
    });
    it('finds a firm that is suggested twice', () => {
      const history = withMessages('MATCHING', (messages) =>
        messages.map((one) =>
          one.envelope?.subject === 't2'
            ? { ...one, envelope: { ...one.envelope, data: { firms: [{ organisationId: 'firm' }, { organisationId: 'firm' }] } } }
            : one,
        ),
      );
      expect(said(history)).toContain('a firm was suggested twice for the tender t2');
    });
  });

  describe('of scarce things', () => {
    it('finds a slot over its capacity', () => {
      const history = withState('sandbox', 'slots', 's1', (state) => ({ ...state, capacity: 0 }));
      expect(rulesBroken(history)).toEqual(['no slot is over capacity']);
    });
    it('counts a place on offer as taken', () => {
      const history = withState('sandbox', 'slots', 's1', (state) => ({
        ...state,
        waitlist: [{ id: 'w1', status: 'offered', product: { name: 'Waiting' } }],
      }));
      expect(rulesBroken(history)).toEqual(['no slot is over capacity']);
    });
    it('counts a place held for a form, or kept for a booking that is on its way, as taken', () => {
      for (const more of [{ holds: [{ status: 'held' }] }, { arrivals: [{ bookings: [{}] }] }])
        expect(rulesBroken(withState('sandbox', 'slots', 's1', (state) => ({ ...state, ...more })))).toEqual([
          'no slot is over capacity',
        ]);
      const ended = withState('sandbox', 'slots', 's1', (state) => ({ ...state, holds: [{ status: 'expired' }], arrivals: [] }));
      expect(rulesBroken(ended)).toEqual([]);
    });
    const reserving = (more: object) =>
      withState('sandbox', 'resources', 'firm', (state) => {
        const [kept] = state.reservations as object[];
        return { ...state, reservations: [kept, { ...kept, id: 'r2', slotId: 's2', ...more }] };
      });
    it('finds a calendar that has not what its slot stands on', () => {
      const history = withState('sandbox', 'resources', 'firm', (state) => ({ ...state, reservations: [] }));
      expect(said(history)).toBe("the slot s1 stands on a reservation that its host's calendar has not");
    });
    it('finds time kept for a slot that is closed or stands on another, unless it is still to be settled', () => {
      const elsewhere = { startsAt: '2030-01-02T00:00:00.000Z', freeAt: '2030-01-02T01:00:00.000Z' };
      expect(said(reserving(elsewhere))).toBe('the reservation r2 is kept, and the slot s2 does not stand on it');
      expect(check(reserving({ ...elsewhere, settleAt: noon }))).toEqual([]);
      const closed = withState('sandbox', 'slots', 's1', (state) => ({
        ...state,
        status: 'closed',
        bookings: (state.bookings as object[]).map((one) => ({ ...one, status: 'cancelled' })),
      }));
      expect(said(closed)).toContain('the reservation r1 is kept, and the slot s1 does not stand on it');
    });
    it('finds more in use at once than there is, and not where one ends as the next begins', () => {
      expect(said(reserving({ startsAt: '2030-01-01T00:59:59.999Z', settleAt: noon }))).toBe(
        '2 of 1 of devices of the host firm are used at once',
      );
      const next = { startsAt: '2030-01-01T01:00:00.000Z', freeAt: '2030-01-01T02:00:00.000Z', settleAt: noon };
      expect(check(reserving(next))).toEqual([]);
    });
    it('finds a lot awarded twice', () => {
      const history = withState('tenders', 'tenders', 't1', (state) => ({
        ...state,
        results: [...(state.results as object[]), { kind: 'awarded', lotId: 'lot', bidId: 'bid-of-rival', winner: 'rival' }],
      }));
      expect(rulesBroken(history)).toContain('one award a lot');
    });
    it('lets a lot be awarded again once its award has lapsed, and not before', () => {
      const more = (...types: string[]) =>
        withMessages('TENDERS', (messages) => {
          const first = messages.find(({ envelope }) => envelope?.type.includes('LotAwarded'));
          if (!first?.envelope) throw new Error('the recorded run awards a lot');
          const { envelope } = first;
          return [
            ...messages,
            ...types.map((type, n) => ({
              ...first,
              seq: 100 + n,
              envelope: { ...envelope, type: `umuhuza.tenders.${type}.v1`, sequence: 5 + n, id: `again-${n}` },
            })),
          ];
        });
      const awards = (history: History) => rulesBroken(history).includes('one award a lot');
      expect(awards(more('AwardLapsed', 'LotAwarded'))).toBe(false);
      expect(awards(more('LotAwarded'))).toBe(true);
      expect(awards(more('AwardLapsed'))).toBe(true);
    });
    it('finds a bid after the deadline', () => {
      const history = withState('tenders', 'tenders', 't1', (state) => ({
        ...state,
        bids: (state.bids as { bidder: string }[]).map((bid) => ({ ...bid, submittedAt: '2026-11-23T12:00:00.001Z' })),
      }));
      expect(rulesBroken(history)).toEqual([bidRule]);
    });
    it('finds an acknowledged bid that is gone', () => {
      const history = withState('tenders', 'tenders', 't1', (state) => ({ ...state, bids: (state.bids as object[]).slice(1) }));
      expect(rulesBroken(history)).toEqual([bidRule]);
      expect(said(history)).toContain('version 2 was acknowledged, none is kept');
    });
    it('finds an older bid in the place of the acknowledged one', () => {
      const history = withState('tenders', 'tenders', 't1', (state) => ({
        ...state,
        bids: (state.bids as object[]).map((bid) => ({ ...bid, version: 1 })),
      }));
      expect(said(history)).toContain('version 2 was acknowledged, 1 is kept');
    });
    it('finds a bid that says something else than was acknowledged', () => {
      const history = withState('tenders', 'tenders', 't1', (state) => ({
        ...state,
        bids: (state.bids as object[]).map((bid) => ({ ...bid, digest: 'other' })),
      }));
      expect(rulesBroken(history)).toEqual([bidRule]);
    });
    it('of which nobody knows whose they are while they are sealed finds one that is lost, older than acknowledged, or too many', () => {
      const asText = (bids: object[]) =>
        JSON.stringify(
          (bids as SeenBid[]).map((bid) => [
            bid.bidId,
            bid.bidder,
            bid.contentId,
            bid.digest,
            bid.version,
            bid.submittedAt,
            true,
          ]),
        );
      const sealed = (change: (bids: object[]) => object[]) =>
        withState('tenders', 'tenders', 't1', (state) => ({
          ...state,
          status: 'closed',
          bids: asText(change((state.bids as { bidder: string }[]).map((bid) => ({ ...bid, bidder: `sealed-${bid.bidder}` })))),
        }));
      const bidsBroken = (history: History) => check(history).filter(({ rule }) => rule === bidRule);
      expect(bidsBroken(sealed((bids) => bids))).toEqual([]);
      expect(bidsBroken(sealed((bids) => bids.slice(1)))).not.toEqual([]);
      expect(bidsBroken(sealed((bids) => bids.map((bid) => ({ ...bid, version: 1 }))))).not.toEqual([]);
      expect(bidsBroken(sealed((bids) => [...bids, { ...bids[0], bidId: 'more' }]))).not.toEqual([]);
    });
    it('finds an opened bid whose content is gone', () => {
      const history = withDocuments('tenders', 'bidContents', (contents) => contents.slice(1));
      expect(rulesBroken(history)).toEqual([bidRule]);
    });
    it('finds a bid version that nobody was told of', () => {
      const history = withState('tenders', 'tenders', 't1', (state) => ({
        ...state,
        bids: (state.bids as { bidder: string }[]).map((bid) => (bid.bidder === 'firm' ? { ...bid, version: 3 } : bid)),
      }));
      expect(rulesBroken(history)).toEqual([bidRule]);
    });
  });

  describe('of poison', () => {
    it('finds a poisoned message that a subscriber did not put aside', () => {
      const history = withDocuments('notifications', 'deadLetters', () => []);
      expect(rulesBroken(history)).toEqual([poisonRule]);
    });
    it('finds a dead letter without its error', () => {
      const history = withDocuments('matching', 'deadLetters', (letters) => letters.map((letter) => ({ ...letter, error: '' })));
      expect(rulesBroken(history)).toEqual([poisonRule]);
    });
    it('finds a poisoned message that its stream lost', () => {
      const history = withMessages('TENDERS', (messages) => messages.filter(({ poison }) => !poison));
      expect(said(history)).toContain('poison-0- was published, but TENDERS does not hold it');
    });
    it('finds a message that always fails and was forgotten', () => {
      const history = withDocuments('notifications', 'parkedEvents', () => []);
      expect(rulesBroken(history)).toEqual([poisonRule]);
      expect(said(history)).toContain('notifications has no dead letter for poison-1-');
    });
    it('takes one that failed eight times as a dead letter, not sooner and not otherwise', () => {
      const ended = (tries: number, name: 'deadLetters' | 'parkedEvents') => {
        const [parked] = soundHistory().databases.notifications?.parkedEvents ?? [];
        const history = withDocuments('notifications', 'parkedEvents', () => []);
        const notifications = history.databases.notifications ?? {};
        const put = [...(notifications[name] ?? []), { ...(parked as Document), tries }];
        return check({ ...history, databases: { ...history.databases, notifications: { ...notifications, [name]: put } } });
      };
      expect(ended(8, 'deadLetters')).toEqual([]);
      expect(ended(7, 'deadLetters')).toMatchObject([{ rule: poisonRule }]);
      expect(ended(7, 'parkedEvents')).toEqual([]);
      expect(ended(8, 'parkedEvents')).toMatchObject([{ rule: poisonRule }]);
    });
    it('finds a sound event that waits for another try', () => {
      const history = withDocuments('matching', 'parkedEvents', () => [
        {
          _id: 'sound',
          stream: 'TENDERS',
          streamSequence: 1,
          subject: 'tenders.TenderPublished.t1',
          error: 'Error: no',
          tries: 1,
        },
      ]);
      expect(rulesBroken(history)).toEqual([poisonRule]);
    });
    it('finds a sound event among the dead letters', () => {
      const history = withDocuments('matching', 'deadLetters', (letters) => [
        ...letters,
        { ...(letters[0] as Document), _id: 'sound', streamSequence: 1 },
      ]);
      expect(rulesBroken(history)).toEqual([poisonRule]);
    });
  });

  it('tells the history of the document concerned: commands, answers, events, state', () => {
    const told = tellHistoryOf(soundHistory(), 't1');
    expect(told).toContain('publishes a tender by buyer: acknowledged [200]');
    expect(told).toContain('umuhuza.tenders.LotAwarded.v1 4');
    expect(told).toContain('"status":"awarded"');
    expect(told).toContain(effect.said('tenders.LotAwarded', 'award-to-rival'));
  });
});
