import { createHmac } from 'node:crypto';
import { catalogue, type EventData, type EventName } from '@umuhuza/contracts/catalogue';
import type { EventDeclaration } from '@umuhuza/contracts/event';
import { sealOwner, sealOwners } from '@umuhuza/service/sealing/bidOwners';
import { type Document, type Stage, userOf } from '../stage.ts';
import { asks, made, members, pointsOfTime, type Reacts, rwandan, type Story, untilSeen } from '../story.ts';

/** Ids of companies as the catalogue's examples name them. */
const companies = /^(o\d|org-[a-z]+-\d)$/;
/** What an event may be about. The examples' ids are made the case's own. */
const things = ['tenderId', 'interestId', 'cooperationId', 'slotId', 'bookingId', 'entryId', 'environmentId'] as const;

type Fields = Readonly<Record<string, unknown>>;

const mapped = (value: unknown, change: (name: string, text: string) => string, name = ''): unknown => {
  if (typeof value === 'string') return change(name, value);
  if (Array.isArray(value)) return value.map((one) => mapped(one, change, name));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value as Fields).map(([key, one]) => [key, mapped(one, change, key)]));
};

const examples = (): [EventName, EventDeclaration][] =>
  Object.entries(catalogue).flatMap(([service, events]) =>
    Object.entries(events).map(
      ([event, declaration]) => [`${service}.${event}` as EventName, declaration] as [EventName, EventDeclaration],
    ),
  );

const companiesOfExamples = (): string[] => {
  const found = new Set<string>();
  for (const [, { example }] of examples())
    mapped(example, (_name, text) => {
      if (companies.test(text)) found.add(text);
      return text;
    });
  return [...found];
};

/** Whose sealed bids an event takes their worth. */
const takesWorth: readonly EventName[] = ['tenders.TenderAmended', 'tenders.TenderCancelled'];

const aDeadlineToCome = '2035-01-31T22:59:59.000Z';

/** The example of an event, about things of this case alone; and the first of these things, which is its subject. */
const exampleFor = (name: EventName, owner: string) => {
  const [, declaration] = examples().find(([known]) => known === name) ?? [];
  if (!declaration) throw new Error(`the catalogue has no ${name}`);
  const own = new Map<string, string>();
  const data = mapped(declaration.example, (key, text) => {
    // Nobody is invited to what is over.
    if (key === 'deadline') return aDeadlineToCome;
    // Evaluators are people of the examples' buyer, which has one.
    if (key === 'evaluators') return userOf(catalogue.tenders.EvaluatorsAppointed.example.buyer.organisationId);
    if (!things.some((thing) => thing === key)) return text;
    own.set(key, `${text}-${owner}`);
    return `${text}-${owner}`;
  });
  const subject = things.map((thing) => own.get(thing)).find((id) => id !== undefined) ?? owner;
  return { subject, data: declaration.data.parse(data) as EventData<EventName>, tenderId: own.get('tenderId') };
};

/** Who was matched and who bid is told of what comes later. */
const toldBefore = async (stage: Stage, tenderId: string, except: EventName): Promise<void> => {
  const { FirmsMatched } = catalogue.matching;
  const { BidsOpened } = catalogue.tenders;
  if (except === 'matching.FirmsMatched' || except === 'tenders.BidsOpened') return;
  await stage.say(
    'matching.FirmsMatched',
    tenderId,
    FirmsMatched.data.parse({ ...FirmsMatched.example, tenderId, deadline: aDeadlineToCome }),
  );
  await stage.quiet();
  await stage.say('tenders.BidsOpened', tenderId, BidsOpened.data.parse({ ...BidsOpened.example, tenderId }), 900);
};

const tells =
  (name: EventName): Reacts =>
  async (stage, mark) => {
    const { subject, data, tenderId } = exampleFor(name, `${name.slice(name.indexOf('.') + 1)}-${mark}`);
    if (tenderId !== undefined) await toldBefore(stage, tenderId, name);
    if (tenderId === undefined || !takesWorth.includes(name)) return { subject, data };
    // One owner of a bid was matched and one was not: both are told as owners.
    const owners = ['o2', 'o4'].map((one) => sealOwner(stage.postKeys, tenderId, one));
    return { subject, data: { ...data, owners: sealOwners(stage.postKeys, tenderId, owners) } as EventData<EventName> };
  };

/** A reader with one notification in its inbox. */
const readerOf = async (stage: Stage, name: string) => {
  const reader = rwandan(`reader-${name}`);
  await stage.say('identity.MembersChanged', reader.organisation, members(reader.organisation));
  await stage.quiet();
  const { data, example } = catalogue.matching.InterestExpressed;
  await stage.say('matching.InterestExpressed', `read-${name}`, data.parse({ ...example, to: reader.organisation }));
  await stage.quiet();
  const { body } = await stage.get(reader, '/api/notifications');
  const [first] = (body as { readonly items: readonly { readonly id: string }[] }).items;
  if (!first) throw new Error(`nothing lies in the inbox of ${reader.organisation}`);
  return { reader, id: first.id };
};

/** The link in a mail, as the service signs it. */
const linkFor = (secret: string, user: string, kind: string): string => {
  const said = Buffer.from(JSON.stringify([user, kind])).toString('base64url');
  return `${said}.${createHmac('sha256', secret).update(`unsubscribe.${said}`).digest('base64url')}`;
};

/** Within a day and not within an hour, and the same for both runs. */
const tomorrow = new Date(Date.now() + 12 * 3_600_000).toISOString();

export const notifications: Story = {
  service: 'notifications',
  prelude: async (stage) => {
    for (const company of companiesOfExamples()) await stage.say('identity.MembersChanged', company, members(company));
    await stage.quiet();
  },
  reactions: {
    'identity.MembersChanged': (_stage, mark) => ({ subject: `changed-${mark}`, data: members(`changed-${mark}`) }),
  },
  reactsTo: tells,
  commands: {
    'wishes no mail': asks('wishes no mail', async (stage, mark) => {
      const { reader } = await readerOf(stage, `wish-${mark}`);
      return {
        by: reader,
        method: 'PUT',
        path: '/api/notifications/preferences',
        body: { language: 'en', timeZone: 'Africa/Kigali', kinds: { 'interest-expressed': { inbox: true, email: false } } },
      };
    }),
    'reads a notification': asks('reads a notification', async (stage, mark) => {
      const { reader, id } = await readerOf(stage, `read-${mark}`);
      return { by: reader, method: 'POST', path: `/api/notifications/${id}/read`, body: {} };
    }),
    'puts a notification away': asks('puts a notification away', async (stage, mark) => {
      const { reader, id } = await readerOf(stage, `archive-${mark}`);
      return { by: reader, method: 'POST', path: `/api/notifications/${id}/archive`, body: {} };
    }),
    'brings a notification back': asks('brings a notification back', async (stage, mark) => {
      const { reader, id } = await readerOf(stage, `unarchive-${mark}`);
      await made(stage, `archived ${mark}`, { by: reader, method: 'POST', path: `/api/notifications/${id}/archive`, body: {} });
      return { by: reader, method: 'POST', path: `/api/notifications/${id}/unarchive`, body: {} };
    }),
    'looks at the list': asks('looks at the list', async (stage, mark) => {
      const { reader } = await readerOf(stage, `see-all-${mark}`);
      return { by: reader, method: 'POST', path: '/api/notifications/see-all', body: {} };
    }),
    'reads everything': asks('reads everything', async (stage, mark) => {
      const { reader } = await readerOf(stage, `read-all-${mark}`);
      return { by: reader, method: 'POST', path: '/api/notifications/read-all', body: {} };
    }),
    'wants no more mail of a kind': asks('wants no more mail of a kind', async (stage, mark) => {
      const { reader } = await readerOf(stage, `unsubscribe-${mark}`);
      const token = linkFor(stage.secrets.linkSecret, userOf(reader.organisation), 'interest-expressed');
      return { by: reader, method: 'POST', path: `/api/notifications/unsubscribe/${token}` };
    }),
    'reminds of a booking a day before': async (stage, mark) => {
      const { data } = exampleFor('sandbox.BookingConfirmed', `reminded-${mark}`);
      const bookingId = `reminded-${mark}`;
      const booking = { ...data, bookingId, startsAt: '2035-01-01T08:00:00.000Z', endsAt: '2035-01-01T10:00:00.000Z' };
      await stage.say(
        'sandbox.BookingConfirmed',
        `slot-${bookingId}`,
        catalogue.sandbox.BookingConfirmed.data.parse({ ...booking, slotId: `slot-${bookingId}` }),
      );
      await stage.quiet();
      const reminders = stage.database.collection<{ _id: string; state: { left: string[] } }>('reminders');
      return async () => {
        await reminders.updateOne(
          { _id: bookingId },
          { $set: { 'state.startsAt': tomorrow, 'lookup.due': '2026-01-01T00:00:00.000Z' } },
        );
        await untilSeen(
          'the reminder was told',
          async () => (await reminders.findOne({ _id: bookingId }))?.state.left.join() === 'hour,report',
        );
        return undefined;
      };
    },
  },
  slow: { 'reminds of a booking a day before': [...pointsOfTime, 'beforePut', 'afterPut'] },
  /** Marks of sealed notifications, and what is sealed. */
  opaque: /^(sealed-[\w-]+|[\w-]{100,})$/,
  /** A mail goes from queued to sent by the clock alone, whoever takes it leaves a trace, and nobody waits for it here. */
  lasting: (collection, document) => {
    const { state, lookup } = document as Document & { readonly state?: Fields; readonly lookup?: Fields };
    // Sealed, a mail shows as one only while it waits.
    if (collection === 'notifications' && state?.sealed !== undefined && lookup?.sealedAt === undefined)
      return { _id: document._id, applied: document.applied };
    if (collection !== 'notifications' || state?.channel !== 'email') return document;
    const { recipient, organisation, told } = state;
    return { _id: document._id, applied: document.applied, channel: 'email', recipient, organisation, told };
  },
};
