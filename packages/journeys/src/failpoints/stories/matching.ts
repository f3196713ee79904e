import { catalogue, type EventData } from '@umuhuza/contracts/catalogue';
import { idFrom } from '@umuhuza/eventing/cause';
import type { Stage } from '../stage.ts';
import { asks, german, made, members, pointsOfTime, register, registered, rwandan, type Story, untilSeen } from '../story.ts';

/** Each case has a kind of work of its own each time, so that no firm of one fits a tender of another: a group of CPV codes. */
const kindsOfWork = 10;
const groups = 900;
const workOf = (mark: string, kind: number): string => `${100 + ((Number(mark.slice(1, 4)) * kindsOfWork + kind) % groups)}10000`;

const profile = (organisation: string, cpv: string, teamSize = 12): EventData<'profiles.ProfilePublished'> => {
  const { data, example } = catalogue.profiles.ProfilePublished;
  const offers = { cpv: [cpv], skills: [] };
  return data.parse({ profile: { ...example.profile, organisationId: organisation, offers, teamSize } });
};

const tender = (tenderId: string, buyer: string, cpv: string): EventData<'tenders.TenderPublished'> => {
  const { data, example } = catalogue.tenders.TenderPublished;
  return data.parse({
    tender: {
      ...example.tender,
      tenderId,
      buyer: { ...example.tender.buyer, organisationId: buyer },
      cpv: [cpv],
      skills: [],
      mustHaves: [],
      deadline: '2035-01-31T22:59:59.000Z',
    },
  });
};

/** What is due at this instant comes to the document, since nobody waits for it. */
const past = '2026-01-01T00:00:00.000Z';

const about = (tenderId: string) => ({ ...catalogue.tenders.TenderCancelled.example, tenderId });

/** A tender and a firm that fits it; both are known, and the firm has been told. */
const matched = async (stage: Stage, name: string, cpv: string) => {
  const [firm, tenderId] = [`firm-${name}`, `tender-${name}`];
  await stage.say('profiles.ProfilePublished', firm, profile(firm, cpv));
  await stage.quiet();
  await stage.say('tenders.TenderPublished', tenderId, tender(tenderId, `buyer-${name}`, cpv));
  await stage.quiet();
  return { firm, tenderId, buyer: `buyer-${name}` };
};

const expressed = async (stage: Stage, name: string) => {
  const [from, to] = [german(`asking-${name}`), rwandan(`asked-${name}`)];
  await register(stage, from);
  await register(stage, to);
  await stage.quiet();
  const { interestId } = await made(stage, `interest ${name}`, {
    by: from,
    method: 'POST',
    path: '/api/matching/interests',
    body: { to: to.organisation, message: 'We would like to talk.', consent: true },
  });
  const id = String(interestId);
  // What the service says of it itself comes before what is said in its name.
  await stage.quiet();
  const accepted: EventData<'matching.InterestAccepted'> = {
    interestId: id,
    from: { organisationId: from.organisation, name: from.organisation, country: 'DE' },
    to: to.organisation,
  };
  return { from, to, id, accepted };
};

export const matching: Story = {
  service: 'matching',
  reactions: {
    'identity.OrganisationRegistered': (_stage, mark) => ({ subject: `new-${mark}`, data: registered(`new-${mark}`) }),
    'identity.MembersChanged': (_stage, mark) => ({ subject: `changed-${mark}`, data: members(`changed-${mark}`) }),
    'profiles.ProfilePublished': async (stage, mark) => {
      await stage.say('tenders.TenderPublished', `waits-${mark}`, tender(`waits-${mark}`, `waiting-${mark}`, workOf(mark, 0)));
      return { subject: `found-${mark}`, data: profile(`found-${mark}`, workOf(mark, 0)) };
    },
    'profiles.ProfileChanged': async (stage, mark) => {
      const firm = `changes-${mark}`;
      await stage.say('profiles.ProfilePublished', firm, profile(firm, workOf(mark, 2)));
      await stage.quiet();
      await stage.say(
        'tenders.TenderPublished',
        `other-${mark}`,
        tender(`other-${mark}`, `other-buyer-${mark}`, workOf(mark, 1)),
      );
      return { subject: firm, data: profile(firm, workOf(mark, 1), 20) };
    },
    'profiles.ProfileWithdrawn': async (stage, mark) => {
      const { buyer } = await matched(stage, `left-${mark}`, workOf(mark, 3));
      await stage.say('profiles.ProfilePublished', buyer, profile(buyer, workOf(mark, 9)));
      return { subject: buyer, data: { organisationId: buyer } };
    },
    'tenders.TenderPublished': async (stage, mark) => {
      await stage.say('profiles.ProfilePublished', `there-${mark}`, profile(`there-${mark}`, workOf(mark, 4)));
      return { subject: `drawn-${mark}`, data: tender(`drawn-${mark}`, `drawing-${mark}`, workOf(mark, 4)) };
    },
    'tenders.TenderAmended': async (stage, mark) => {
      const { tenderId, buyer } = await matched(stage, `amended-${mark}`, workOf(mark, 5));
      const { data } = catalogue.tenders.TenderAmended;
      const amended = { ...tender(tenderId, buyer, workOf(mark, 5)), changed: ['sectors'], changesWhatIsAsked: false };
      return { subject: tenderId, data: data.parse(amended) };
    },
    'tenders.FirmsInvited': (_stage, mark) => {
      const { data, example } = catalogue.tenders.FirmsInvited;
      const [tenderId, firms] = [`inviting-${mark}`, [`invited-${mark}`]];
      return { subject: tenderId, data: data.parse({ ...example, tenderId, firms }) };
    },
    'tenders.BiddingClosed': async (stage, mark) => {
      const { tenderId } = await matched(stage, `closed-${mark}`, workOf(mark, 6));
      return { subject: tenderId, data: about(tenderId) };
    },
    'tenders.TenderCancelled': async (stage, mark) => {
      const { tenderId } = await matched(stage, `cancelled-${mark}`, workOf(mark, 7));
      return { subject: tenderId, data: about(tenderId) };
    },
    'tenders.TenderUnsuccessful': async (stage, mark) => {
      const { tenderId } = await matched(stage, `vain-${mark}`, workOf(mark, 8));
      return { subject: tenderId, data: about(tenderId) };
    },
    'tenders.LotAwarded': async (stage, mark) => {
      await register(stage, rwandan(`winner-${mark}`));
      const { data, example } = catalogue.tenders.LotAwarded;
      const winner = { organisationId: `winner-${mark}`, bidId: 'bid-1' };
      return { subject: `awarded-${mark}`, data: data.parse({ ...example, tenderId: `awarded-${mark}`, winner }) };
    },
    'tenders.AwardLapsed': async (stage, mark) => {
      const [tenderId, winner] = [`lapsed-${mark}`, { organisationId: `leaving-${mark}`, bidId: 'bid-1' }];
      await register(stage, rwandan(`leaving-${mark}`));
      await stage.quiet();
      const { LotAwarded, AwardLapsed } = catalogue.tenders;
      const { lotId } = AwardLapsed.example;
      await stage.say('tenders.LotAwarded', tenderId, LotAwarded.data.parse({ ...LotAwarded.example, tenderId, winner, lotId }));
      await stage.quiet();
      return { subject: tenderId, data: AwardLapsed.data.parse({ ...AwardLapsed.example, tenderId, winner }) };
    },
    // Said ahead of the acceptance itself: the cooperation begins on the word of the event.
    'matching.InterestAccepted': async (stage, mark) => {
      const { id, accepted } = await expressed(stage, `early-${mark}`);
      return { subject: id, data: accepted };
    },
    // The acceptance was heard before it was made, so that nobody has introduced the two yet.
    'matching.CooperationStarted': async (stage, mark) => {
      const { from, to, id, accepted } = await expressed(stage, `begun-${mark}`);
      await stage.say('matching.InterestAccepted', id, accepted, 2);
      await stage.quiet();
      await made(stage, `accepts for ${mark}`, {
        by: to,
        method: 'POST',
        path: `/api/matching/interests/${id}/accept`,
        body: { consent: true },
      });
      const cooperationId = idFrom({ id: `interest/${id}` });
      const organisations = [from.organisation, to.organisation] as [string, string];
      return { subject: `again-${mark}`, data: { cooperationId, organisations, origin: { kind: 'interest', id } } };
    },
  },
  commands: {
    'hears of an award before it knows the winner': async (stage, mark) => {
      const { data, example } = catalogue.tenders.LotAwarded;
      const [winner, tenderId] = [rwandan(`late-${mark}`), `early-award-${mark}`];
      const won = { organisationId: winner.organisation, bidId: 'bid-1' };
      return async () => {
        await stage.say('tenders.LotAwarded', tenderId, data.parse({ ...example, tenderId, winner: won }));
        const subject = `tenders.LotAwarded.${tenderId}`;
        await untilSeen(
          'the award is put aside',
          async () => (await stage.database.collection('parkedEvents').findOne({ subject })) !== null,
        );
        await register(stage, winner);
        return undefined;
      };
    },
    'expresses interest': asks('expresses interest', async (stage, mark) => {
      const [from, to] = [german(`interested-${mark}`), rwandan(`interesting-${mark}`)];
      await register(stage, from);
      await register(stage, to);
      return {
        by: from,
        method: 'POST',
        path: '/api/matching/interests',
        body: { to: to.organisation, message: 'We would like to talk.', consent: true },
      };
    }),
    'accepts an interest': asks('accepts an interest', async (stage, mark) => {
      const { to, id } = await expressed(stage, `accept-${mark}`);
      return { by: to, method: 'POST', path: `/api/matching/interests/${id}/accept`, body: { consent: true } };
    }),
    'an interest ends unanswered when its time has come': async (stage, mark) => {
      const { id } = await expressed(stage, `unanswered-${mark}`);
      const interests = stage.database.collection<{ _id: string; state: { status: string } }>('interests');
      return async () => {
        await interests.updateOne({ _id: id }, { $set: { 'state.expiresAt': past, 'lookup.expiresAt': past } });
        await untilSeen(
          'the interest has expired',
          async () => (await interests.findOne({ _id: id }))?.state.status === 'expired',
        );
        return undefined;
      };
    },
    'declines an interest': asks('declines an interest', async (stage, mark) => {
      const { to, id } = await expressed(stage, `decline-${mark}`);
      return {
        by: to,
        method: 'POST',
        path: `/api/matching/interests/${id}/decline`,
        body: { reason: 'We are fully booked until spring.' },
      };
    }),
  },
  /** Whoever starts after a death tells of what was learned last, before the event comes again. */
  eitherCause: ['umuhuza.matching.FirmsMatched.v1'],
  slow: {
    'an interest ends unanswered when its time has come': pointsOfTime,
    'hears of an award before it knows the winner': ['beforePark', 'afterPark', 'beforeUnpark', 'afterUnpark'],
  },
};
