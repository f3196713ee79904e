import type { Envelope } from '@umuhuza/contracts/event';
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
    said('tenders.TenderPublished', 't1', 1, { tender: { tenderId: 't1' } }),
    said('tenders.BiddingClosed', 't1', 2, about),
    said('tenders.BidsOpened', 't1', 3, { ...about, bidders: ['firm', 'rival'], bids: 2 }),
    said('tenders.LotAwarded', 't1', 4, { ...about, lotId: 'lot', winner: { organisationId: 'firm', bidId: 'bid-of-firm' } }),
  ];
  const sandbox = [
    said('sandbox.SlotOpened', 's1', 1, {}),
    said('sandbox.BookingRequested', 's1', 2, { bookingId: 'b1', host: 'firm', guest: 'buyer' }),
  ];
  const profiles = [said('profiles.ProfilePublished', 'firm', 1, { profile: {} })];
  const matching = [
    said('matching.CooperationStarted', 'c1', 1, { cooperationId: 'c1', organisations: ['buyer', 'firm'] }),
    said('matching.InterestExpressed', 'i1', 1, { interestId: 'i1', from: { organisationId: 'rival' }, to: 'buyer' }),
  ];
  const identity = companies.flatMap(({ events }) => events);
  const poison = { mark: 'poison-0-', stream: 'TENDERS', kind: 'malformed' } as const;
  const names = companies.map(({ id, name }) => ({ _id: id, sequence: 2, name }));
  const letter = {
    _id: 'letter',
    stream: 'TENDERS',
    streamSequence: 5,
    subject: 'tenders.X.poison-0-',
    error: 'Malformed: it is not JSON',
    payload: 'poison-0-',
  };
  const [, closed, opened, awarded] = tenders as [Envelope, Envelope, Envelope, Envelope];
  const [, requested] = sandbox as [Envelope, Envelope];
  const [started, expressed] = matching as [Envelope, Envelope];
  return {
    commands: [
      told('begins a tender', effect.tender('A portal'), 't1', 201, { organisation: 'buyer' }),
      told('publishes a tender', effect.published('t1'), 't1', 200, { organisation: 'buyer' }),
      told('asks', effect.question('May we?'), 't1', 409),
      told('bids', effect.bid('t1', 'firm'), 't1', 200, { receipt: receipt('firm', 1) }),
      told('bids', effect.bid('t1', 'firm'), 't1', 200, { receipt: receipt('firm', 2) }),
      told('bids', effect.bid('t1', 'rival'), 't1', 200, { receipt: receipt('rival', 1) }),
      told('bids', effect.bid('t1', 'rival'), 't1', 0),
      told('awards the lot', effect.award('t1', 'lot', 'bid-of-firm'), 't1', 200, { organisation: 'buyer' }),
      told('awards the lot', effect.award('t1', 'lot', 'bid-of-rival'), 't1', 409, { organisation: 'buyer' }),
      told('books a place', effect.booking('Wallet'), 's1', 201, { organisation: 'buyer' }),
      told('books a place', effect.booking('Rival wallet'), 's1', 409, { organisation: 'rival' }),
      told('books a place', effect.booking('Lost wallet'), 's1', 0, { organisation: 'rival' }),
    ],
    poisons: [poison],
    streams: [
      stream('IDENTITY', ['tenders'], identity),
      stream('PROFILES', ['matching'], profiles),
      stream('MATCHING', ['notifications'], matching),
      stream('SANDBOX', ['notifications'], sandbox),
      stream('TENDERS', ['matching', 'notifications'], tenders, [
        { seq: 5, subject: 'tenders.X.poison-0-', text: 'poison-0-', poison },
      ]),
    ],
    databases: {
      identity: { announcedOrganisations: companies.map(({ id }) => page(id, {}, { sequence: 2 })), events: kept(identity) },
      profiles: {
        profiles: companies.map(({ id, name }) =>
          page(
            id,
            { status: 'published', organisation: { name }, verified: id === 'firm' ? [{ id: 't1-lot' }] : [] },
            { sequence: id === 'firm' ? 1 : 0 },
          ),
        ),
        events: kept(profiles),
      },
      matching: {
        organisations: names,
        firms: [{ _id: 'firm', sequence: 1, profile: {} }],
        tenders: [{ _id: 't1', sequence: 2, over: true }],
        interests: [page('i1', { status: 'expressed' }, { sequence: 1 })],
        cooperations: [
          page(
            'c1',
            { origin: { kind: 'award', id: 't1' }, organisations: [{ organisationId: 'buyer' }, { organisationId: 'firm' }] },
            { sequence: 1 },
          ),
        ],
        events: kept(matching),
        deadLetters: [letter],
      },
      sandbox: {
        organisations: companies.map(({ id, name }) => ({ _id: id, sequence: 1, name })),
        slots: [
          page(
            's1',
            {
              status: 'open',
              startsAt: '2030-01-01T00:00:00.000Z',
              capacity: 1,
              bookings: [{ id: 'b1', status: 'requested', product: { name: 'Wallet' }, guest: { organisationId: 'buyer' } }],
              waitlist: [],
            },
            { sequence: 2 },
          ),
        ],
        events: kept(sandbox),
      },
      tenders: {
        organisations: names,
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
        ],
        deadLetters: [letter],
      },
    },
  };
};
