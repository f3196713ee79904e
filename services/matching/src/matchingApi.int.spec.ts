import type { Envelope } from '@umuhuza/contracts/event';
import type { PublicProfile } from '@umuhuza/contracts/profiles/schemas';
import type { PublicTender } from '@umuhuza/contracts/tenders/events';
import { connectBus } from '@umuhuza/eventing/bus';
import { openDeadLetters } from '@umuhuza/eventing/deadLetters';
import type { Reaction, Reactions } from '@umuhuza/eventing/hear';
import { listen } from '@umuhuza/service/listen';
import { connectMongo } from '@umuhuza/service/mongo';
import { type Leased, leaseBackends } from '@umuhuza/testing/backends';
import { type Client, clientOf } from '@umuhuza/testing/client';
import { eventually } from '@umuhuza/testing/eventually';
import { startIssuer } from '@umuhuza/testing/issuer';
import { servicePartsFor } from '@umuhuza/testing/serviceParts';
import type { Connection } from 'mongoose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from './app.ts';
import { hearing } from './hearing.ts';
import { openMongoInvitations } from './invitations.ts';
import { openMongoCooperationBook } from './mongoCooperationBook.ts';
import { openMongoInterestBook } from './mongoInterestBook.ts';
import { openMongoMarket } from './mongoMarket.ts';
import { openMongoTenderMatchBook } from './mongoTenderMatchBook.ts';
import { openMongoOrganisations } from './organisations.ts';
import { catchUpWithOtherReplicas } from './reactions/catchUpWithOtherReplicas.ts';
import { expireInterestsWhenDue } from './reactions/expireInterestsWhenDue.ts';
import { tellingOf } from './telling.ts';

let backends: Leased;
let issuer: Awaited<ReturnType<typeof startIssuer>>;
let running: Awaited<ReturnType<typeof startMatching>>;

/** The service as its main starts it, on a free port; what it has heard is counted, so that a test knows when a replay is over. */
const startMatching = async ({ daysAhead = 0, hears = true } = {}) => {
  const clock = () =>
    Temporal.Now.instant()
      .add({ hours: 24 * daysAhead })
      .toString({ fractionalSecondDigits: 3 });
  const parts = await servicePartsFor('matching', issuer);
  const mongo = await connectMongo(backends.mongoUrl, 'matching', backends.databaseOf('matching'));
  const bus = await connectBus({ service: 'matching', ...backends.nats, logger: parts.logger, clock });
  const matches = await openMongoTenderMatchBook(mongo.connection);
  const interests = await openMongoInterestBook(mongo.connection);
  const cooperations = await openMongoCooperationBook(mongo.connection);
  const organisations = await openMongoOrganisations(mongo.connection);
  const invitations = await openMongoInvitations(mongo.connection);
  const market = await openMongoMarket(mongo.connection, clock);
  const deps = {
    market,
    matches,
    invitations,
    interests,
    cooperations,
    organisations,
    clock,
    telling: tellingOf({ market, matches, clock }),
  };
  const heard: string[] = [];
  const counted = (reactions: Reactions): Reactions =>
    Object.fromEntries(
      Object.entries(reactions).map(([name, react]) => [
        name,
        async (event: Parameters<Reaction<never>>[0]) => {
          await (react as Reaction<never>)(event);
          heard.push(event.cause.id);
        },
      ]),
    );
  const relays = [matches, interests, cooperations].map(({ outbox }) => bus.relay(outbox));
  const subscription = hears ? bus.subscribe(counted(hearing(deps)), openDeadLetters(mongo.connection)) : undefined;
  const listening = await listen(createApp({ ...deps, ...parts }), { host: '127.0.0.1', port: 0 });
  return {
    url: `http://127.0.0.1:${listening.port}`,
    heard,
    connection: mongo.connection,
    expireInterests: expireInterestsWhenDue(deps),
    catchUp: catchUpWithOtherReplicas(deps),
    stop: async () => {
      await listening.stop();
      await subscription?.stop();
      await Promise.all(relays.map((relay) => relay.stop()));
      await bus.stop();
      await mongo.stop();
    },
  };
};

const as = async (organisation: string, country: 'DE' | 'RW', more: { programmeStaff?: boolean } = {}): Promise<Client> =>
  clientOf(running.url, await issuer.tokenFor({ organisation, country, ...more }));

const name = (organisationId: string) => `Demonstration ${organisationId}`;

const register = async (organisationId: string, country: 'DE' | 'RW') => {
  const { id } = await backends.say('identity.OrganisationRegistered', organisationId, {
    organisationId,
    name: name(organisationId),
    slug: organisationId,
    country,
  });
  await eventually(() => expect(running.heard).toContain(id));
};

const profile = (organisationId: string, some: Partial<PublicProfile> = {}): PublicProfile => ({
  organisationId,
  name: name(organisationId),
  country: 'RW',
  summary: 'A demonstration firm.',
  offers: { cpv: [], skills: [] },
  needs: { cpv: [], skills: [] },
  sectors: [],
  languages: [{ language: 'en', level: 'C1' }],
  teamSize: 10,
  workingHours: { timeZone: 'Africa/Kigali', from: '08:00', to: '17:00' },
  certificates: [],
  references: [],
  publishedAt: '2026-11-01T08:00:00.000Z',
  ...some,
});

const publishProfile = async (organisationId: string, some: Partial<PublicProfile> = {}) => {
  const { id } = await backends.say('profiles.ProfilePublished', organisationId, { profile: profile(organisationId, some) });
  await eventually(() => expect(running.heard).toContain(id));
};

const inDays = (days: number) =>
  Temporal.Now.instant()
    .add({ hours: 24 * days })
    .toString({ fractionalSecondDigits: 3 });

const tender = (tenderId: string, some: Partial<PublicTender> = {}): PublicTender => ({
  tenderId,
  buyer: { organisationId: 'buyer', name: 'Demonstration Buyer GmbH', country: 'DE' },
  title: `A tender named ${tenderId}`,
  description: '',
  cpv: [],
  skills: [],
  lots: [],
  deadline: inDays(60),
  mustHaves: [],
  languages: [{ language: 'en', level: 'B2' }],
  criteria: [],
  sectors: [],
  audience: 'all',
  ocid: `ocds-${tenderId}`,
  publishedAt: '2026-11-01T08:00:00.000Z',
  ...some,
});

const publishTender = async (tenderId: string, some: Partial<PublicTender> = {}) => {
  const { id } = await backends.say('tenders.TenderPublished', tenderId, { tender: tender(tenderId, some) });
  await eventually(() => expect(running.heard).toContain(id));
};

const about = (tenderId: string) => {
  const { title, buyer } = tender(tenderId);
  return { tenderId, title, buyer };
};

const saidOf = async (subject: string): Promise<Envelope[]> =>
  (await backends.heardFrom('matching')).filter((said) => said.subject === subject);

/** For each message about a tender, whom it tells. */
const toldOf = async (tenderId: string): Promise<string[][]> =>
  (await saidOf(tenderId)).map(({ data }) =>
    (data.firms as { organisationId: string }[]).map(({ organisationId }) => organisationId),
  );

beforeAll(async () => {
  [backends, issuer] = await Promise.all([leaseBackends(), startIssuer()]);
  running = await startMatching();
});

afterAll(async () => {
  await running.stop();
  await Promise.all([backends.end(), issuer.stop()]);
});

describe('a published tender', () => {
  it('is told to the firms that fit, the best first, with what speaks for them, once', async () => {
    await publishProfile('portal-good', { offers: { cpv: ['72212000'], skills: ['Portals'] } });
    await publishProfile('portal-near', { offers: { cpv: [], skills: ['Portals'] } });
    await publishProfile('portal-other', { offers: { cpv: ['48000000'], skills: ['Printers'] } });
    await publishTender('tender-portal', { cpv: ['72212000'], skills: ['Portals'] });
    await publishTender('tender-portal', { cpv: ['72212000'], skills: ['Portals'] });

    const [told] = await eventually(async () => {
      const said = await saidOf('tender-portal');
      expect(said).toHaveLength(1);
      return said;
    });
    expect(told).toMatchObject({
      type: 'umuhuza.matching.FirmsMatched.v1',
      sequence: 1,
      data: {
        tenderId: 'tender-portal',
        title: 'A tender named tender-portal',
        buyer: { organisationId: 'buyer', name: 'Demonstration Buyer GmbH' },
        firms: [
          {
            organisationId: 'portal-good',
            name: 'Demonstration portal-good',
            reasons: expect.arrayContaining(['Offers Portals.', 'Offers exactly what is asked: CPV 72212000.']),
            reasonsIn: {
              de: expect.arrayContaining(['Bietet Portals.', 'Bietet genau, was gesucht wird: CPV 72212000.']),
            },
          },
          { organisationId: 'portal-near' },
        ],
      },
    });
  });

  it('shows its buyer and programme staff all firms, a firm itself, and others nothing', async () => {
    const buyer = await as('buyer', 'DE');
    const seen = await buyer('GET', '/api/matching/tenders/tender-portal/matches');
    expect(seen).toMatchObject({
      status: 200,
      body: {
        tender: { tenderId: 'tender-portal', buyer: { organisationId: 'buyer' } },
        firms: [
          { organisationId: 'portal-good', country: 'RW', told: true },
          { organisationId: 'portal-near', told: true },
        ],
      },
    });
    for (const { score, reasons } of (seen.body as { firms: { score: number; reasons: { points: number }[] }[] }).firms)
      expect(score).toBe(reasons.reduce((sum, { points }) => sum + points, 0) / 10_000);

    const staff = clientOf(running.url, await issuer.tokenFor({ user: 'staff', programmeStaff: true }));
    expect(await staff('GET', '/api/matching/tenders/tender-portal/matches')).toMatchObject({ status: 200, body: seen.body });
    const limited = await staff('GET', '/api/matching/tenders/tender-portal/matches?limit=1');
    expect((limited.body as { firms: unknown[] }).firms).toHaveLength(1);

    const firm = await as('portal-near', 'RW');
    const own = await firm('GET', '/api/matching/tenders/tender-portal/matches');
    expect((own.body as { firms: unknown[] }).firms).toEqual([(seen.body as { firms: unknown[] }).firms[1]]);
  });

  it('shows a firm that lacks what is asked what it lacks, and what would count; one that is not compared yet, nothing', async () => {
    const unfit = await as('portal-other', 'RW');
    expect(await unfit('GET', '/api/matching/tenders/tender-portal/matches')).toMatchObject({
      status: 200,
      body: {
        tender: { tenderId: 'tender-portal' },
        firms: [
          {
            organisationId: 'portal-other',
            score: 0,
            told: false,
            missing: [{ name: 'capability', says: 'Nothing of what is asked is among what the profile offers.' }],
            reasons: expect.arrayContaining([
              expect.objectContaining({ name: 'skill:portals', kind: 'against', points: 0 }),
              expect.objectContaining({ name: 'language:en', kind: 'for' }),
            ]),
          },
        ],
      },
    });
    for (const country of ['DE', 'RW'] as const)
      expect(await (await as('no-profile', country))('GET', '/api/matching/tenders/tender-portal/matches')).toMatchObject({
        status: 200,
        body: { tender: { tenderId: 'tender-portal' }, firms: [] },
      });
  });

  it('is explained in the language that is asked for', async () => {
    const says = async (who: string, country: 'DE' | 'RW', path: string) =>
      JSON.stringify((await (await as(who, country))('GET', `/api/matching/${path}`)).body);
    for (const [who, country, path] of [
      ['buyer', 'DE', 'tenders/tender-portal/matches'],
      ['portal-good', 'RW', 'tenders/tender-portal/matches'],
      ['portal-good', 'RW', 'mine'],
    ] as const) {
      expect(await says(who, country, path)).toContain('Offers Portals.');
      expect(await says(who, country, `${path}?language=de`)).toContain('Bietet Portals.');
      expect(await says(who, country, `${path}?language=de`)).not.toContain('Offers');
    }
    expect(await says('portal-other', 'RW', 'tenders/tender-portal/matches?language=de')).toContain(
      'Nichts von dem, was gesucht wird, bietet das Profil.',
    );
    expect(await says('no-profile', 'RW', 'mine?language=de')).toContain('Veröffentlichen Sie Ihr Profil');
    expect((await (await as('buyer', 'DE'))('GET', '/api/matching/mine?language=fr')).status).toBe(400);
  });

  it('that only invited firms see shows each of them how it fits, from when it is invited, and nobody else that it is there', async () => {
    await publishProfile('guest-fits', { offers: { cpv: [], skills: ['Origami'] } });
    await publishProfile('guest-lacks', { offers: { cpv: [], skills: ['Kites'] }, certificates: ['ISO 9001'] });
    await publishProfile('guest-never', { offers: { cpv: [], skills: ['Origami'] } });
    await publishTender('tender-guests', { skills: ['Origami'], mustHaves: ['ISO 9001'], audience: 'invited' });
    const ask = async (firm: string) => (await as(firm, 'RW'))('GET', '/api/matching/tenders/tender-guests/matches');
    const mine = async (firm: string) =>
      ((await (await as(firm, 'RW'))('GET', '/api/matching/mine')).body as { nearMisses: unknown[] }).nearMisses;
    expect((await ask('guest-fits')).status).toBe(404);
    expect(await mine('guest-fits')).toEqual([]);

    const invite = async (firms: string[]) => {
      const { id } = await backends.say('tenders.FirmsInvited', 'tender-guests', {
        ...about('tender-guests'),
        deadline: inDays(60),
        firms,
      });
      await eventually(() => expect(running.heard).toContain(id));
    };
    await invite(['guest-fits']);
    await invite(['guest-lacks']);
    expect(await ask('guest-fits')).toMatchObject({
      status: 200,
      body: {
        firms: [
          {
            organisationId: 'guest-fits',
            told: false,
            missing: [{ name: 'certificate:iso 9001' }],
            reasons: expect.arrayContaining([expect.objectContaining({ name: 'skill:origami', kind: 'for' })]),
          },
        ],
      },
    });
    expect((await ask('guest-lacks')).body).toMatchObject({ firms: [{ missing: [{ name: 'capability' }] }] });
    expect(await mine('guest-fits')).toMatchObject([{ tender: { tenderId: 'tender-guests' } }]);
    expect(await ask('guest-never')).toMatchObject({ status: 404, body: { type: '/problems/not-found' } });
    expect(await mine('guest-never')).toEqual([]);
    expect(await toldOf('tender-guests')).toEqual([]);
  });

  it('is told to a firm that comes later, and only to that firm', async () => {
    await publishTender('tender-early', { skills: ['Satellites'] });
    await publishProfile('satellite-1', { offers: { cpv: [], skills: ['satellites'] } });
    await publishProfile('satellite-2', { offers: { cpv: [], skills: ['Satellites'] } });
    await publishProfile('satellite-2', { offers: { cpv: [], skills: ['Satellites'] }, teamSize: 11 });
    await eventually(async () => expect(await toldOf('tender-early')).toEqual([['satellite-1'], ['satellite-2']]));
  });

  it('is told again only to firms that an amendment adds', async () => {
    await publishProfile('amend-1', { offers: { cpv: [], skills: ['Drones'] } });
    await publishProfile('amend-2', { offers: { cpv: [], skills: ['Balloons'] } });
    await publishTender('tender-amended', { skills: ['Drones'] });
    await eventually(async () => expect(await toldOf('tender-amended')).toEqual([['amend-1']]));
    await backends.say('tenders.TenderAmended', 'tender-amended', {
      tender: tender('tender-amended', { skills: ['Balloons', 'Drones'] }),
      changed: ['skills'],
    });
    await eventually(async () => expect(await toldOf('tender-amended')).toEqual([['amend-1'], ['amend-2']]));
  });

  it('is told to nobody who lacks a must-have, and to nobody at all when its buyer invites', async () => {
    await publishProfile('must-has', { offers: { cpv: [], skills: ['Vaults'] }, certificates: ['ISO/IEC 27001:2022'] });
    await publishProfile('must-lacks', { offers: { cpv: [], skills: ['Vaults'] } });
    await publishTender('tender-invited', { skills: ['Vaults'], audience: 'invited' });
    await publishTender('tender-must', { skills: ['Vaults'], mustHaves: ['ISO 27001'] });
    await eventually(async () => expect(await toldOf('tender-must')).toEqual([['must-has']]));
    expect(await toldOf('tender-invited')).toEqual([]);

    const lacking = await as('must-lacks', 'RW');
    expect(await lacking('GET', '/api/matching/tenders/tender-must/matches')).toMatchObject({
      status: 200,
      body: { firms: [{ organisationId: 'must-lacks', missing: [{ name: 'certificate:iso 27001' }] }] },
    });
    expect((await lacking('GET', '/api/matching/mine')).body).toMatchObject({
      tenders: [],
      nearMisses: [
        {
          tender: { tenderId: 'tender-must' },
          missing: [{ name: 'certificate:iso 27001', says: 'ISO 27001 is required; the profile does not show it.' }],
        },
      ],
    });
    expect((await (await as('must-has', 'RW'))('GET', '/api/matching/tenders/tender-invited/matches')).status).toBe(404);
    expect((await (await as('buyer', 'DE'))('GET', '/api/matching/tenders/tender-invited/matches')).body).toMatchObject({
      firms: [{ told: false }, { told: false }],
    });
  });

  it('that is for matched firms is seen by those that were told', async () => {
    await publishProfile('matched-in', { offers: { cpv: [], skills: ['Bridges', 'Tunnels', 'Dams'] } });
    await publishProfile('matched-out', { offers: { cpv: [], skills: ['Dams'] }, languages: [] });
    await publishTender('tender-matched', { skills: ['Bridges', 'Tunnels', 'Dams'], audience: 'matched' });
    await eventually(async () => expect(await toldOf('tender-matched')).toEqual([['matched-in']]));
    expect((await (await as('matched-in', 'RW'))('GET', '/api/matching/tenders/tender-matched/matches')).status).toBe(200);
    expect((await (await as('matched-out', 'RW'))('GET', '/api/matching/tenders/tender-matched/matches')).status).toBe(404);
    expect((await (await as('matched-out', 'RW'))('GET', '/api/matching/mine')).body).toMatchObject({ tenders: [] });
  });

  it('is told to nobody any more once it was cancelled or its deadline has passed, also when that is heard first', async () => {
    await backends.say(
      'tenders.TenderCancelled',
      'tender-gone',
      { ...about('tender-gone'), reason: 'Stopped.' },
      { sequence: 2 },
    );
    await backends.say(
      'tenders.TenderPublished',
      'tender-gone',
      { tender: tender('tender-gone', { skills: ['Lighthouses'] }) },
      { sequence: 1 },
    );
    await publishTender('tender-late', { skills: ['Lighthouses'], deadline: inDays(-1) });
    await publishProfile('lighthouse-1', { offers: { cpv: [], skills: ['Lighthouses'] } });
    await publishTender('tender-open', { skills: ['Lighthouses'] });
    await eventually(async () => expect(await toldOf('tender-open')).toEqual([['lighthouse-1']]));
    expect(await toldOf('tender-gone')).toEqual([]);
    expect(await toldOf('tender-late')).toEqual([]);
    // Its buyer may look back on it all the same: what it asked for is known, though it was heard behind its end.
    expect((await (await as('buyer', 'DE'))('GET', '/api/matching/tenders/tender-gone/matches')).status).toBe(200);
    const { body } = await (await as('lighthouse-1', 'RW'))('GET', '/api/matching/mine');
    expect(body).toMatchObject({ tenders: [{ tender: { tenderId: 'tender-open' } }] });
  });

  it('is not told to a firm that has withdrawn its profile', async () => {
    await publishProfile('gone-1', { offers: { cpv: [], skills: ['Submarines'] } });
    await backends.say('profiles.ProfileWithdrawn', 'gone-1', { organisationId: 'gone-1' });
    await publishProfile('gone-2', { offers: { cpv: [], skills: ['Submarines'] } });
    await eventually(async () =>
      expect((await (await as('gone-1', 'RW'))('GET', '/api/matching/mine')).body).toMatchObject({
        profile: { published: false, missing: [{ name: 'profile' }] },
      }),
    );
    await publishTender('tender-deep', { skills: ['Submarines'] });
    await eventually(async () => expect(await toldOf('tender-deep')).toEqual([['gone-2']]));
  });

  it('is measured anew when its buyer’s profile is heard', async () => {
    const from = { organisationId: 'buyer-late', name: 'Demonstration Late GmbH', country: 'DE' as const };
    await publishProfile('wishes-1', {
      offers: { cpv: [], skills: ['Organs'] },
      needs: { cpv: [], skills: ['Sales in Germany'] },
    });
    await publishTender('tender-wishes', { skills: ['Organs'], buyer: from });
    const firm = await as('wishes-1', 'RW');
    const wishes = async () => {
      const { body } = await firm('GET', '/api/matching/tenders/tender-wishes/matches');
      return (body as { firms: { reasons: { name: string; kind: string }[] }[] }).firms[0]?.reasons.find(
        ({ name }) => name === 'wishes',
      );
    };
    expect(await wishes()).toMatchObject({ kind: 'against' });
    await publishProfile('buyer-late', { country: 'DE', offers: { cpv: [], skills: ['Sales in Germany'] } });
    expect(await wishes()).toMatchObject({ kind: 'for' });
    expect(await toldOf('tender-wishes')).toEqual([['wishes-1']]);
  });
});

describe('what fits my company', () => {
  it('are open tenders with reasons and what the profile lacks, for a firm', async () => {
    await publishProfile('mine-firm', { offers: { cpv: [], skills: ['Glaciers'] }, languages: [] });
    await publishTender('tender-ice', { skills: ['Glaciers'] });
    const { body } = await (await as('mine-firm', 'RW'))('GET', '/api/matching/mine');
    expect(body).toMatchObject({
      profile: {
        published: true,
        missing: expect.arrayContaining([expect.objectContaining({ name: 'language:en', tenders: 1 })]),
      },
      tenders: [
        {
          tender: { tenderId: 'tender-ice' },
          reasons: expect.arrayContaining([expect.objectContaining({ name: 'skill:glaciers', kind: 'for' })]),
        },
      ],
      ownTenders: [],
    });
  });

  it('are firms for its needs and the best for its tenders, for a company that outsources', async () => {
    const from = { organisationId: 'mine-buyer', name: 'Demonstration Mine GmbH', country: 'DE' as const };
    await publishProfile('mine-buyer', { country: 'DE', needs: { cpv: [], skills: ['Volcanoes'] } });
    await publishProfile('mine-partner', { offers: { cpv: [], skills: ['Volcanoes', 'Geysers'] } });
    await publishTender('tender-geyser', { skills: ['Geysers'], buyer: from });
    const { body } = await (await as('mine-buyer', 'DE'))('GET', '/api/matching/mine');
    expect(body).toMatchObject({
      partners: [{ organisationId: 'mine-partner', country: 'RW' }],
      ownTenders: [{ tender: { tenderId: 'tender-geyser' }, firms: [{ organisationId: 'mine-partner', told: true }] }],
      tenders: [],
    });
  });
});

describe('an interest', () => {
  const contact = { name: 'Demonstration Contact', email: 'contact@demonstration.example' };
  const firmContact = { name: 'Demonstration Firm Contact', email: 'firm@demonstration.example' };

  it('that is accepted introduces both, who then know each other’s contact; no event carries it', async () => {
    await register('int-firm', 'RW');
    await register('int-company', 'DE');
    const firm = await as('int-firm', 'RW');
    const company = await as('int-company', 'DE');
    const asked = await firm('POST', '/api/matching/interests', {
      body: { to: 'int-company', message: 'We would like to talk.', consent: true, contact: firmContact },
    });
    expect(asked).toMatchObject({
      status: 201,
      body: { direction: 'sent', status: 'expressed', from: { name: name('int-firm') }, to: { name: name('int-company') } },
    });
    const { interestId } = asked.body as { interestId: string };

    const received = await company('GET', '/api/matching/interests?direction=received');
    expect(received.body).toMatchObject({
      items: [{ interestId, direction: 'received', from: { contact: firmContact } }],
      next: null,
    });
    const accepted = await company('POST', `/api/matching/interests/${interestId}/accept`, { body: { consent: true, contact } });
    expect(accepted).toMatchObject({ status: 200, body: { status: 'accepted' } });

    const cooperationId = await eventually(async () => {
      const { body } = await firm('GET', '/api/matching/interests');
      expect(body).toMatchObject({ items: [{ status: 'introduced', to: { contact } }] });
      return (body as { items: { cooperationId: string }[] }).items[0]?.cooperationId ?? '';
    });
    for (const side of [firm, company])
      expect((await side('GET', '/api/matching/cooperations')).body).toMatchObject({
        items: [
          {
            cooperationId,
            status: 'introduced',
            origin: { kind: 'interest', id: interestId },
            organisations: [
              { organisationId: 'int-firm', contact: firmContact },
              { organisationId: 'int-company', contact },
            ],
          },
        ],
        next: null,
      });
    expect(await saidOf(cooperationId)).toMatchObject([
      {
        type: 'umuhuza.matching.CooperationStarted.v1',
        data: { organisations: ['int-firm', 'int-company'], origin: { kind: 'interest', id: interestId } },
      },
    ]);
    expect(await saidOf(interestId)).toMatchObject([
      {
        type: 'umuhuza.matching.InterestExpressed.v1',
        data: { from: { organisationId: 'int-firm', name: name('int-firm'), country: 'RW' }, to: 'int-company' },
      },
      { type: 'umuhuza.matching.InterestAccepted.v1', data: { to: 'int-company', toName: name('int-company') } },
    ]);
    expect(JSON.stringify(await backends.heardFrom('matching'))).not.toContain('demonstration.example');
  });

  it('without consent is refused on either side, and discloses nothing', async () => {
    await register('con-firm', 'RW');
    await register('con-company', 'DE');
    const firm = await as('con-firm', 'RW');
    const company = await as('con-company', 'DE');
    const missing = { status: 422, body: { type: '/problems/consent-missing' } };
    expect(await firm('POST', '/api/matching/interests', { body: { to: 'con-company' } })).toMatchObject(missing);
    expect(await firm('POST', '/api/matching/interests', { body: { to: 'con-company', consent: false } })).toMatchObject(missing);
    expect((await company('GET', '/api/matching/interests')).body).toEqual({ items: [], next: null });
    const { body } = await firm('POST', '/api/matching/interests', { body: { to: 'con-company', consent: true } });
    const { interestId } = body as { interestId: string };
    expect(await company('POST', `/api/matching/interests/${interestId}/accept`, { body: {} })).toMatchObject(missing);
    expect(
      await company('POST', `/api/matching/interests/${interestId}/decline`, { body: { reason: 'Fully booked.' } }),
    ).toMatchObject({
      status: 200,
      body: { status: 'declined', reason: 'Fully booked.' },
    });
    await eventually(async () =>
      expect(await saidOf(interestId)).toMatchObject([
        {},
        { type: 'umuhuza.matching.InterestDeclined.v1', data: { reason: 'Fully booked.' } },
      ]),
    );
  });

  it('is open once between two, whoever expressed it, also when both do at the same moment', async () => {
    await register('one-firm', 'RW');
    await register('one-company', 'DE');
    const firm = await as('one-firm', 'RW');
    const company = await as('one-company', 'DE');
    const replies = await Promise.all(
      [0, 1, 2].flatMap(() => [
        firm('POST', '/api/matching/interests', { body: { to: 'one-company', consent: true } }),
        company('POST', '/api/matching/interests', { body: { to: 'one-firm', consent: true } }),
      ]),
    );
    expect(replies.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409, 409]);
    expect(replies.find(({ status }) => status === 409)).toMatchObject({ body: { type: '/problems/interest-open-already' } });
  });

  it('that is sent again with the same key is the same interest; with another body the key is refused', async () => {
    await register('key-firm', 'RW');
    await register('key-company', 'DE');
    const firm = await as('key-firm', 'RW');
    const headers = { 'idempotency-key': 'interest-1' };
    const post = (body: unknown) => firm('POST', '/api/matching/interests', { body, headers });
    const first = await post({ to: 'key-company', consent: true });
    expect(first.status).toBe(201);
    expect(await post({ to: 'key-company', consent: true })).toMatchObject({ status: 201, body: first.body });
    expect(await post({ to: 'key-company', consent: true, message: 'Another' })).toMatchObject({
      status: 422,
      body: { type: '/problems/key-used-for-another-request' },
    });
  });

  it('that nobody answers expires after 14 days; both are told, and one may begin anew', async () => {
    await register('exp-firm', 'RW');
    await register('exp-company', 'DE');
    const express = async () =>
      (await as('exp-firm', 'RW'))('POST', '/api/matching/interests', { body: { to: 'exp-company', consent: true } });
    const { interestId } = (await express()).body as { interestId: string };

    await running.expireInterests();
    expect((await express()).status).toBe(409);

    await running.stop();
    running = await startMatching({ daysAhead: 15 });
    const company = await as('exp-company', 'DE');
    expect(await company('POST', `/api/matching/interests/${interestId}/accept`, { body: { consent: true } })).toMatchObject({
      status: 409,
      body: { type: '/problems/interest-expired' },
    });
    await running.expireInterests();
    await running.expireInterests();
    expect((await company('GET', '/api/matching/interests?status=expired')).body).toMatchObject({ items: [{ interestId }] });
    await eventually(async () =>
      expect((await saidOf(interestId)).map(({ type }) => type)).toEqual([
        'umuhuza.matching.InterestExpressed.v1',
        'umuhuza.matching.InterestExpired.v1',
      ]),
    );
    expect((await express()).status).toBe(201);
    await running.stop();
    running = await startMatching();
  });

  it('is listed page by page, newest first, and nobody else sees it', async () => {
    await register('page-firm', 'RW');
    const firm = await as('page-firm', 'RW');
    for (const n of [1, 2, 3]) {
      await register(`page-company-${n}`, 'DE');
      expect((await firm('POST', '/api/matching/interests', { body: { to: `page-company-${n}`, consent: true } })).status).toBe(
        201,
      );
    }
    const names = ({ body }: { body: unknown }) =>
      (body as { items: { to: { organisationId: string } }[] }).items.map(({ to }) => to.organisationId);
    const first = await firm('GET', '/api/matching/interests?limit=2');
    const { next, items } = first.body as { next: string; items: { interestId: string }[] };
    const second = await firm('GET', `/api/matching/interests?limit=2&cursor=${next}`);
    expect(names(first)).toHaveLength(2);
    expect([...names(first), ...names(second)].sort()).toEqual(['page-company-1', 'page-company-2', 'page-company-3']);
    expect(second.body).toMatchObject({ next: null });
    const other = await as('page-other', 'RW');
    expect((await other('GET', '/api/matching/interests')).body).toEqual({ items: [], next: null });
    expect(
      await other('POST', `/api/matching/interests/${items[0]?.interestId}/accept`, { body: { consent: true } }),
    ).toMatchObject({
      status: 404,
      body: { type: '/problems/no-such-interest' },
    });
  });
});

describe('an awarded lot', () => {
  it('starts one cooperation between buyer and winner, also with several lots and when the winner is heard of later', async () => {
    const award = (lotId: string) => ({
      ...about('tender-won'),
      lotId,
      winner: { organisationId: 'award-firm', bidId: 'bid-1' },
      value: { amount: 5_000_000, currency: 'EUR' },
      reason: 'First in the ranking.',
    });
    await backends.say('tenders.LotAwarded', 'tender-won', award('lot-1'));
    await backends.say('tenders.LotAwarded', 'tender-won', award('lot-2'));
    await register('award-firm', 'RW');
    const items = await eventually(async () => {
      const { body } = await (await as('award-firm', 'RW'))('GET', '/api/matching/cooperations');
      expect(body).toMatchObject({
        items: [
          {
            status: 'introduced',
            title: 'A tender named tender-won',
            origin: { kind: 'award', id: 'tender-won' },
            organisations: [{ organisationId: 'buyer' }, { organisationId: 'award-firm', name: name('award-firm') }],
          },
        ],
      });
      return (body as { items: { cooperationId: string }[] }).items;
    });
    expect((await (await as('buyer', 'DE'))('GET', '/api/matching/cooperations')).body).toMatchObject({
      items: [{ title: 'A tender named tender-won' }],
    });
    await eventually(async () => expect(await saidOf(items[0]?.cooperationId ?? '')).toHaveLength(1));

    const { value, ...lapsing } = award('lot-1');
    const lapse = (lotId: string) => ({ ...lapsing, lotId, how: 'declined' as const, reason: 'Nobody is free.' });
    await backends.say('tenders.AwardLapsed', 'tender-won', lapse('lot-1'));
    await backends.say('tenders.AwardLapsed', 'tender-won', lapse('lot-2'));
    for (const [who, country] of [
      ['buyer', 'DE'],
      ['award-firm', 'RW'],
    ] as const)
      await eventually(async () =>
        expect((await (await as(who, country))('GET', '/api/matching/cooperations')).body).toMatchObject({
          items: [{ status: 'ended', title: 'A tender named tender-won', ended: { reason: 'Nobody is free.' } }],
        }),
      );
    await eventually(async () => expect(await saidOf(items[0]?.cooperationId ?? '')).toHaveLength(2));
  });
  it('that lapses before its award is heard of ends the cooperation all the same', async () => {
    await register('hasty-firm', 'RW');
    const hasty = { ...about('tender-hasty'), lotId: 'lot-1', winner: { organisationId: 'hasty-firm', bidId: 'bid-1' } };
    await backends.say('tenders.AwardLapsed', 'tender-hasty', { ...hasty, how: 'withdrawn', reason: 'Silent.' });
    await backends.say('tenders.LotAwarded', 'tender-hasty', {
      ...hasty,
      value: { amount: 5_000_000, currency: 'EUR' },
      reason: 'First in the ranking.',
    });
    await eventually(async () =>
      expect((await (await as('hasty-firm', 'RW'))('GET', '/api/matching/cooperations')).body).toMatchObject({
        items: [{ status: 'ended', ended: { reason: 'Silent.' } }],
      }),
    );
  });
});

describe('a refused request names what is wrong', () => {
  const interest = { to: 'int-company', consent: true };

  it('when the body is no JSON, has unknown fields or wrong types, is too large or no JSON at all', async () => {
    const call = await as('int-firm', 'RW');
    const post = (options: Parameters<Client>[2]) => call('POST', '/api/matching/interests', options);
    expect(await post({ raw: '{"to":' })).toMatchObject({ status: 400, body: { type: '/problems/broken-json' } });
    expect(await post({ body: { ...interest, rank: 1 } })).toMatchObject({
      status: 400,
      body: { type: '/problems/invalid-request' },
    });
    expect(await post({ body: { ...interest, to: 7 } })).toMatchObject({ status: 400, body: { issues: [{ path: 'body.to' }] } });
    expect(await post({ body: { ...interest, contact: { name: 'x', email: 'no address' } } })).toMatchObject({
      status: 400,
      body: { issues: [{ path: 'body.contact.email' }] },
    });
    expect(await post({ body: { ...interest, message: 'x'.repeat(2_001) } })).toMatchObject({
      status: 400,
      body: { issues: [{ path: 'body.message' }] },
    });
    expect(await post({ raw: JSON.stringify({ message: 'x'.repeat(300_000) }) })).toMatchObject({
      status: 413,
      body: { type: '/problems/body-too-large' },
    });
    expect(await post({ raw: 'to: x', headers: { 'content-type': 'text/yaml' } })).toMatchObject({
      status: 415,
      body: { type: '/problems/unsupported-media-type' },
    });
    expect((await post({})).status).toBe(400);
  });

  it('when nobody is signed in, or for no organisation', async () => {
    const nobody = clientOf(running.url);
    expect(await nobody('GET', '/api/matching/mine')).toMatchObject({ status: 401, body: { type: '/problems/not-signed-in' } });
    const alone = clientOf(running.url, await issuer.tokenFor({ user: 'alone' }));
    for (const path of ['/api/matching/mine', '/api/matching/tenders/tender-portal/matches'])
      expect(await alone('GET', path)).toMatchObject({ status: 403, body: { type: '/problems/no-organisation' } });
  });

  it('when an id, a page mark or a limit is none', async () => {
    const call = await as('int-firm', 'RW');
    expect((await call('GET', '/api/matching/tenders/unknown/matches')).status).toBe(404);
    expect((await call('GET', '/api/matching/tenders/%20%20/matches')).status).toBe(400);
    expect((await call('GET', '/api/matching/mine?limit=0')).status).toBe(400);
    expect((await call('GET', '/api/matching/mine?surprise=1')).status).toBe(400);
    for (const list of ['interests', 'cooperations'])
      expect(await call('GET', `/api/matching/${list}?cursor=made-up`)).toMatchObject({
        status: 400,
        body: { type: '/problems/unknown-cursor' },
      });
  });

  it('when an interest is in oneself, in nobody known, or from nobody known', async () => {
    const call = await as('int-firm', 'RW');
    const post = (to: string) => call('POST', '/api/matching/interests', { body: { to, consent: true } });
    expect(await post('int-firm')).toMatchObject({ status: 422, body: { type: '/problems/interest-in-oneself' } });
    expect(await post('never-registered')).toMatchObject({ status: 422, body: { type: '/problems/no-such-organisation' } });
    const early = await as('never-registered', 'DE');
    expect(await early('POST', '/api/matching/interests', { body: { to: 'int-firm', consent: true } })).toMatchObject({
      status: 409,
      body: { type: '/problems/organisation-not-known-yet' },
    });
  });

  it('a second time when it is sent again, though what stood against it is gone', async () => {
    await register('late-firm', 'RW');
    await register('late-company', 'DE');
    const firm = await as('late-firm', 'RW');
    const company = await as('late-company', 'DE');
    const send = (caller: typeof firm, to: string, key: string) =>
      caller('POST', '/api/matching/interests', { body: { to, consent: true }, headers: { 'idempotency-key': key } });

    const { body } = await send(company, 'late-firm', 'open');
    const taken = await send(firm, 'late-company', 'taken');
    expect(taken).toMatchObject({ status: 409, body: { type: '/problems/interest-open-already' } });
    const decline = { body: { reason: 'Fully booked.' } };
    const { interestId } = body as { interestId: string };
    expect((await firm('POST', `/api/matching/interests/${interestId}/decline`, decline)).status).toBe(200);
    expect(await send(firm, 'late-company', 'taken')).toMatchObject({
      status: 409,
      body: { type: '/problems/interest-open-already' },
    });

    const newcomer = await as('late-newcomer', 'RW');
    expect(await send(newcomer, 'late-company', 'early')).toMatchObject({ status: 409 });
    expect(await send(company, 'late-newcomer', 'stranger')).toMatchObject({ status: 422 });
    await register('late-newcomer', 'RW');
    expect(await send(newcomer, 'late-company', 'early')).toMatchObject({
      status: 409,
      body: { type: '/problems/organisation-not-known-yet' },
    });
    expect(await send(company, 'late-newcomer', 'stranger')).toMatchObject({
      status: 422,
      body: { type: '/problems/no-such-organisation' },
    });
    expect(await send(newcomer, 'late-company', 'again')).toMatchObject({ status: 201 });
    expect((await company('GET', '/api/matching/interests')).body).toMatchObject({
      items: [{ status: 'expressed' }, { status: 'declined' }],
      next: null,
    });
  });

  it('when the wrong side answers, or answers twice', async () => {
    await register('ans-firm', 'RW');
    await register('ans-company', 'DE');
    const firm = await as('ans-firm', 'RW');
    const company = await as('ans-company', 'DE');
    const { body } = await firm('POST', '/api/matching/interests', { body: { to: 'ans-company', consent: true } });
    const path = `/api/matching/interests/${(body as { interestId: string }).interestId}`;
    expect(await firm('POST', `${path}/accept`, { body: { consent: true } })).toMatchObject({
      status: 403,
      body: { type: '/problems/not-yours-to-answer' },
    });
    expect((await company('POST', `${path}/decline`)).status).toBe(200);
    expect((await company('POST', `${path}/decline`)).status).toBe(200);
    expect(await company('POST', `${path}/accept`, { body: { consent: true } })).toMatchObject({
      status: 409,
      body: { type: '/problems/interest-answered' },
    });
  });
});

describe('the service', () => {
  /** Everything in its database, as text that is equal only when all of it is equal. */
  const allOf = async (connection: Connection): Promise<string> => {
    const collections = (await connection.listCollections()).map((collection) => collection.name).sort();
    const contents = await Promise.all(
      collections.map(async (collection) => [
        collection,
        await connection.collection(collection).find({}).sort({ _id: 1 }).toArray(),
      ]),
    );
    return JSON.stringify(contents);
  };
  const settled = () =>
    eventually(async () => {
      const before = await allOf(running.connection);
      expect(before).not.toContain('"outbox":[{');
      expect(before).not.toContain('"nextTryAt":');
      return before;
    });

  it('finds with another replica what each heard alone', async () => {
    const other = await startMatching({ hears: false });
    await publishProfile('replica-1', { offers: { cpv: [], skills: ['Windmills'] } });
    await publishTender('tender-wind', { skills: ['Windmills'] });
    const buyer = clientOf(other.url, await issuer.tokenFor({ organisation: 'replica-1', country: 'RW' }));
    expect((await buyer('GET', '/api/matching/mine')).body).toMatchObject({ profile: { published: false } });
    await other.catchUp();
    expect((await buyer('GET', '/api/matching/mine')).body).toMatchObject({ tenders: [{ tender: { tenderId: 'tender-wind' } }] });
    await other.catchUp();
    expect(await toldOf('tender-wind')).toEqual([['replica-1']]);
    await other.stop();
  });

  it('finds at its next start what two replicas heard alone that died before they compared notes', async () => {
    const connection = running.connection.useDb(backends.databaseOf('market'));
    const clock = () => '2026-11-23T12:00:00.000Z';
    const [one, other] = [await openMongoMarket(connection, clock), await openMongoMarket(connection, clock)];
    const long = () => '2026-01-01T00:00:00.000Z';
    await (await openMongoMarket(connection, long)).learnFirm('firm-old', 1, null);
    await one.learnFirm('firm', 1, null);
    await other.endTender('tender', 1);

    const next = await openMongoMarket(connection, clock);
    const news = { tenders: new Set<string>(), firms: new Set<string>() };
    await next.catchUp(news);
    expect(news).toEqual({ tenders: new Set(['tender']), firms: new Set(['firm']) });
    news.tenders.clear();
    news.firms.clear();
    await next.catchUp(news);
    expect(news).toEqual({ tenders: new Set(), firms: new Set() });
  });

  it('answers the same after a restart, and tells nobody anything twice when it hears everything again', async () => {
    const asked = async () => [
      (await (await as('buyer', 'DE'))('GET', '/api/matching/tenders/tender-portal/matches')).body,
      (await (await as('mine-buyer', 'DE'))('GET', '/api/matching/mine')).body,
      (await (await as('int-firm', 'RW'))('GET', '/api/matching/cooperations')).body,
    ];
    const answers = await asked();
    const stored = await settled();
    const said = await backends.heardFrom('matching');
    const told = said.flatMap(({ type, subject, data }) =>
      type === 'umuhuza.matching.FirmsMatched.v1'
        ? (data.firms as { organisationId: string }[]).map(({ organisationId }) => `${subject} ${organisationId}`)
        : [],
    );
    expect(new Set(told).size).toBe(told.length);
    const streams = ['identity', 'profiles', 'tenders', 'matching'] as const;
    const all = (await Promise.all(streams.map((stream) => backends.heardFrom(stream)))).flat();

    await running.stop();
    running = await startMatching();
    expect(await asked()).toEqual(answers);

    await running.stop();
    for (const stream of streams) await backends.forgetPlace('matching', stream);
    running = await startMatching();
    const reacting = Object.keys(hearing({} as never));
    const toHear = all.filter(({ type }) => reacting.includes(type.replace(/^umuhuza\.|\.v1$/g, '')));
    await eventually(() => expect(running.heard).toHaveLength(toHear.length), { within: 25_000 });
    expect(await settled()).toBe(stored);
    expect(await backends.heardFrom('matching')).toEqual(said);
    expect(await asked()).toEqual(answers);
  });
});
