import type { Envelope } from '@umuhuza/contracts/event';
import { idFrom } from '@umuhuza/eventing/cause';
import type { Command, Document, History, Message, Page, Stream } from '../history.ts';
import { effect } from './effects.ts';

const noon = '2026-11-23T12:00:00.000Z';

const said = (
  type: string,
  subject: string,
  sequence: number,
  data: Record<string, unknown>,
  causationid = 'cause',
): Envelope => {
  const [service = ''] = type.split('.');
  return {
    specversion: '1.0',
    id: `${subject}-${sequence}`,
    source: `/${service}`,
    type: `umuhuza.${type}.v1`,
    subject,
    time: noon,
    datacontenttype: 'application/json',
    sequence,
    correlationid: 'correlation',
    causationid,
    data,
  };
};

export const page = (
  _id: string,
  state: unknown,
  { sequence = 0, applied = [], outbox = [] }: Partial<Pick<Page, 'sequence' | 'applied' | 'outbox'>> = {},
): Page => ({ _id, state, sequence, applied, outbox });

const stream = (name: string, subscribers: string[], envelopes: Envelope[], more: Message[] = []): Stream => ({
  name,
  subscribers,
  messages: [
    ...envelopes.map((envelope, at) => ({ seq: at + 1, subject: envelope.type, text: JSON.stringify(envelope), envelope })),
    ...more,
  ],
});

const kept = (envelopes: Envelope[]): Document[] => envelopes.map((envelope) => ({ _id: envelope.id, envelope }));

let n = 0;
const told = (what: string, name: string, about: string, status: number, more: Partial<Command> = {}): Command => ({
  n: ++n,
  at: noon,
  what,
  organisation: 'firm',
  key: `key-${n}`,
  effect: name,
  about,
  tries: 1,
  told: status === 0 ? [] : [{ status, body: `body-${n}` }],
  toldAgain: [],
  ...more,
});

const buyer = { organisationId: 'buyer', name: 'Buyer (demonstration)', country: 'DE' };
const organisation = (organisationId: string) => {
  const name = `${organisationId} (demonstration)`;
  const members = [{ userId: `user-of-${organisationId}` }];
  return {
    name,
    country: 'DE',
    members,
    events: [
      said('identity.OrganisationRegistered', organisationId, 1, { organisationId, name, slug: organisationId, country: 'DE' }),
      said('identity.MembersChanged', organisationId, 2, { organisationId, name, country: 'DE', members }),
    ],
  };
};
const companies = ['buyer', 'firm', 'rival'].map((id) => ({ id, ...organisation(id) }));

const notices = (event: Envelope, ...organisations: string[]): Page[] =>
  organisations.flatMap((id) =>
    ['inbox', 'email'].map((channel) =>
      page(
        `${event.id}-${id}-${channel}`,
        { recipient: `user-of-${id}`, organisation: id, channel },
        { applied: [{ aggregate: `${event.source.slice(1)}/${event.subject}`, sequences: [event.sequence, event.sequence] }] },
      ),
    ),
  );

/** What of a tender others are told, and keep. */
const tender = (tenderId: string, deadline: string) => ({
  tenderId,
  buyer,
  title: 'A portal',
  deadline,
  audience: 'all',
  cpv: ['72212000'],
  skills: [],
  sectors: [],
  languages: [],
  mustHaves: [],
});
const firmProfile = {
  ...{ organisationId: 'firm', name: 'firm (demonstration)', country: 'RW', offers: { cpv: ['72212000'], skills: [] } },
  ...{ needs: { cpv: [], skills: [] }, sectors: [], languages: [], teamSize: 20, certificates: [] },
  workingHours: { timeZone: 'Africa/Kigali', from: '08:00', to: '17:00' },
};
const cooperation = idFrom({ id: 'award/t1' }, 'firm');
const once = (aggregate: string, first: number, last = first) => ({ aggregate, sequences: [first, last] });

const about = { tenderId: 't1', title: 'A portal', buyer };
const bid = (bidder: string) => ({
  bidId: `bid-of-${bidder}`,
  bidder,
  contentId: `content-of-${bidder}`,
  digest: `digest-of-${bidder}`,
  version: 2,
  submittedAt: noon,
});
const receipt = (bidder: string, version: number) => ({ version, digest: `digest-of-${bidder}`, submittedAt: noon });

/** A small run in which everything held: each spec takes one thing away, or puts one beside it. */
export const soundHistory = (): History => {
  const tenders = [
    said('tenders.TenderPublished', 't1', 1, { tender: tender('t1', noon) }),
    said('tenders.BiddingClosed', 't1', 2, about),
    said('tenders.BidsOpened', 't1', 3, { ...about, bidders: ['firm', 'rival'], bids: 2 }),
    said(
      'tenders.LotAwarded',
      't1',
      4,
      { ...about, lotId: 'lot', winner: { organisationId: 'firm', bidId: 'bid-of-firm' } },
      'award-to-firm',
    ),
    said('tenders.TenderPublished', 't2', 1, { tender: tender('t2', '2030-01-01T00:00:00.000Z') }),
    said('tenders.FirmsInvited', 't2', 2, { ...about, tenderId: 't2', firms: ['rival'] }),
  ];
  const sandbox = [
    said('sandbox.SlotOpened', 's1', 1, {}),
    said('sandbox.BookingRequested', 's1', 2, { bookingId: 'b1', host: 'firm', guest: 'buyer' }),
  ];
  const profiles = [
    said('profiles.ProfilePublished', 'firm', 1, {
      profile: { ...firmProfile, summary: 'What we do.', references: [{ id: 'r1', title: 'A portal', status: 'verified' }] },
    }),
  ];
  const matching = [
    said('matching.CooperationStarted', cooperation, 1, {
      ...{ cooperationId: cooperation, organisations: ['buyer', 'firm'] },
      origin: { kind: 'award', id: 't1' },
    }),
    said('matching.InterestExpressed', 'i1', 1, { interestId: 'i1', from: { organisationId: 'rival' }, to: 'buyer' }),
    said('matching.FirmsMatched', 't2', 1, { ...about, tenderId: 't2', firms: [{ organisationId: 'firm' }] }),
  ];
  const identity = companies.flatMap(({ events }) => events);
  const poison = { mark: 'poison-0-', stream: 'TENDERS', kind: 'malformed' } as const;
  const names = companies.map(({ id, name }) => ({ _id: id, sequence: 2, name }));
  const throwing = { mark: 'poison-1-', stream: 'MATCHING', kind: 'throwing', throwsAt: ['notifications'] } as const;
  const letter = {
    _id: 'letter',
    stream: 'TENDERS',
    streamSequence: 7,
    subject: 'tenders.X.poison-0-',
    error: 'Malformed: it is not JSON',
    payload: 'poison-0-',
    tries: 1,
  };
  const parked = {
    ...letter,
    ...{ _id: 'parked', stream: 'MATCHING', streamSequence: 4, subject: 'matching.InterestAccepted.poison-1-' },
    ...{ error: 'OrganisationNotKnownYet: nobody', payload: 'poison-1-', tries: 3 },
  };
  const [, closed, opened, awarded, , invited] = tenders as [Envelope, Envelope, Envelope, Envelope, Envelope, Envelope];
  const [, requested] = sandbox as [Envelope, Envelope];
  const [started, expressed, matched] = matching as [Envelope, Envelope, Envelope];
  return {
    commands: [
      told('begins a tender', effect.tender('A portal'), 't1', 201, { organisation: 'buyer' }),
      told('publishes a tender', effect.published('t1'), 't1', 200, { organisation: 'buyer' }),
      told('asks', effect.question('May we?'), 't1', 409),
      told('bids', effect.bid('t1', 'firm'), 't1', 200, { receipt: receipt('firm', 1) }),
      told('bids', effect.bid('t1', 'firm'), 't1', 200, { receipt: receipt('firm', 2) }),
      told('bids', effect.bid('t1', 'rival'), 't1', 200, { receipt: receipt('rival', 1) }),
      told('bids', effect.bid('t1', 'rival'), 't1', 0),
      told('awards the lot', effect.said('tenders.LotAwarded', 'award-to-firm'), 't1', 200, { organisation: 'buyer' }),
      told('awards the lot', effect.said('tenders.LotAwarded', 'award-to-rival'), 't1', 409, { organisation: 'buyer' }),
      told('books a place', effect.booking('Wallet'), 's1', 201, { organisation: 'buyer' }),
      told('books a place', effect.booking('Rival wallet'), 's1', 409, { organisation: 'rival' }),
      told('books a place', effect.booking('Lost wallet'), 's1', 0, { organisation: 'rival' }),
    ],
    poisons: [poison, throwing],
    streams: [
      stream('IDENTITY', ['tenders'], identity),
      stream('PROFILES', ['matching'], profiles),
      stream('MATCHING', ['matching', 'notifications'], matching, [
        { seq: 4, subject: 'matching.InterestAccepted.poison-1-', text: 'poison-1-', poison: throwing },
      ]),
      stream('SANDBOX', ['notifications'], sandbox),
      stream('TENDERS', ['matching', 'notifications'], tenders, [
        { seq: 7, subject: 'tenders.X.poison-0-', text: 'poison-0-', poison },
      ]),
    ],
    databases: {
      identity: { announcedOrganisations: companies.map(({ id }) => page(id, {}, { sequence: 2 })), events: kept(identity) },
      profiles: {
        profiles: companies.map(({ id, name }) =>
          page(
            id,
            { status: 'published', organisation: { name }, verified: id === 'firm' ? [{ id: 't1-lot' }] : [] },
            {
              sequence: id === 'firm' ? 1 : 0,
              applied: [once(`identity/${id}`, 1), ...(id === 'firm' ? [once('tenders/t1', 4)] : [])],
            },
          ),
        ),
        events: kept(profiles),
      },
      matching: {
        organisations: names.map((one) => ({ ...one, country: 'DE' })),
        firms: [{ _id: 'firm', sequence: 1, at: noon, profile: { ...firmProfile, references: [{ status: 'verified' }] } }],
        tenders: [
          { _id: 't1', sequence: 2, termsSequence: 1, over: true, at: noon, tender: tender('t1', noon) },
          { _id: 't2', sequence: 1, termsSequence: 1, over: false, at: noon, tender: tender('t2', '2030-01-01T00:00:00.000Z') },
        ],
        invitations: [{ _id: 't2/rival', sequence: 2 }],
        firmsActedOn: [{ _id: 'firm', sequence: 1 }],
        tenderMatches: [
          page('t1', { status: 'over', told: [] }, { sequence: 0, applied: [once('tenders/t1', 1, 2)] }),
          page('t2', { status: 'drawn' }, { sequence: 1, applied: [once('tenders/t2', 1)] }),
        ],
        interests: [page('i1', { status: 'expressed' }, { sequence: 1 })],
        cooperations: [
          page(
            cooperation,
            { origin: { kind: 'award', id: 't1' }, organisations: [{ organisationId: 'buyer' }, { organisationId: 'firm' }] },
            { sequence: 1, applied: [once('tenders/t1', 4)] },
          ),
        ],
        events: kept(matching),
        deadLetters: [letter],
      },
      sandbox: {
        organisations: companies.map(({ id, name }) => ({ _id: id, sequence: 1, name })),
        members: companies.map(({ id, members }) => ({ _id: id, sequence: 2, users: members.map(({ userId }) => userId) })),
        slots: [
          page(
            's1',
            {
              status: 'open',
              startsAt: '2030-01-01T00:00:00.000Z',
              capacity: 1,
              bookings: [{ id: 'b1', status: 'requested', product: { name: 'Wallet' }, guest: { organisationId: 'buyer' } }],
              waitlist: [],
              reservationId: 'r1',
            },
            { sequence: 2 },
          ),
        ],
        resources: [
          page('firm', {
            resources: [{ id: 'devices', quantity: 1 }],
            reservations: [
              {
                id: 'r1',
                slotId: 's1',
                startsAt: '2030-01-01T00:00:00.000Z',
                freeAt: '2030-01-01T01:00:00.000Z',
                needs: [{ resourceId: 'devices', quantity: 1 }],
                settleAt: null,
              },
            ],
          }),
        ],
        events: kept(sandbox),
      },
      tenders: {
        organisations: companies.map(({ id, name, members }) => ({
          _id: id,
          sequence: 2,
          name,
          members: members.map(({ userId }) => userId),
        })),
        tenders: [
          page(
            't1',
            {
              status: 'awarded',
              tenderId: 't1',
              terms: { title: 'A portal', description: '', deadline: noon },
              questions: [],
              amendments: [],
              bids: [bid('firm'), bid('rival')],
              unopened: [],
              results: [{ kind: 'awarded', lotId: 'lot', bidId: 'bid-of-firm', winner: 'firm' }],
            },
            { sequence: 4 },
          ),
          page('t2', { status: 'published', tenderId: 't2' }, { sequence: 2, applied: [once('matching/t2', 1)] }),
        ],
        bidContents: [{ _id: 'content-of-firm' }, { _id: 'content-of-rival' }],
        events: kept(tenders),
      },
      notifications: {
        organisations: companies.map(({ id, name, members }) => ({ _id: id, sequence: 2, name, members })),
        notifications: [
          ...notices(closed, 'buyer'),
          ...notices(opened, 'buyer', 'firm', 'rival'),
          ...notices(awarded, 'buyer'),
          ...notices(requested, 'firm'),
          ...notices(started, 'buyer', 'firm'),
          ...notices(expressed, 'buyer'),
          ...notices(matched, 'firm'),
          ...notices(invited, 'rival'),
        ],
        audiences: [
          { _id: idFrom({ id: matched.id }), organisations: ['firm'] },
          { _id: idFrom({ id: invited.id }), organisations: ['rival'] },
        ],
        tellings: [
          { _id: idFrom({ id: matched.id }, 'firm'), organisation: 'firm' },
          { _id: idFrom({ id: invited.id }, 'rival'), organisation: 'rival' },
        ],
        deadLetters: [letter],
        parkedEvents: [parked],
      },
    },
  };
};
