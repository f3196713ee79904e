import { sandboxEvents } from '@umuhuza/contracts/sandbox/events';
import { tendersEvents } from '@umuhuza/contracts/tenders/events';
import type { EventCause } from '@umuhuza/eventing/cause';
import { sealOwner, sealOwners } from '@umuhuza/service/sealing/bidOwners';
import { newKey } from '@umuhuza/service/sealing/keyRing';
import { readerSeal } from '@umuhuza/service/sealing/readerSeal';
import { ringOf } from '@umuhuza/testing/keyRing';
import { expect, it } from 'vitest';
import { absent, evolve, type Notification } from '../notification/notification.ts';
import type { NotificationBook } from '../notificationBook.ts';
import type { Audience } from '../tellings.ts';
import type { Told } from '../told.ts';
import { OwnersCannotBeRead, type TellDeps, tellThoseConcerned } from './tellThoseConcerned.ts';

const at = '2026-11-26T10:00:00.000Z';
const cause: EventCause = {
  ...{ kind: 'event', id: 'event-1', aggregate: 't1', sequence: 1 },
  ...{ correlationId: 'c1', actor: 'platform', at },
};
const { tender } = tendersEvents.TenderAmended.example;
const data = { tender, changed: [], changesWhatIsAsked: true, reason: 'Asked for.', followers: [], owners: 'a list' };

/** What is written when an amendment is heard of which these were settled to be told, in the order in which it is. */
const writtenFor = async (
  audience: Audience,
  membersOf: (organisation: string) => readonly string[],
  random: (below: number) => number = () => 0,
) => {
  const written: Exclude<Notification<Told>, { status: 'absent' }>[] = [];
  const change = async (id: string, decide: Parameters<NotificationBook['change']>[1]) => {
    const facts = decide(absent, id);
    const state = Array.isArray(facts) ? facts.reduce(evolve<Told>, absent as Notification<Told>) : absent;
    if (state.status !== 'absent') written.push(state);
  };
  const deps = {
    notifications: { change, nextPlace: async () => 0 },
    preferences: { find: async () => undefined },
    tellings: {
      note: async () => undefined,
      audience: async () => audience,
      people: async (_: string, organisation: string) => membersOf(organisation),
      sealedPeople: async (_: string, organisation: string) => membersOf(organisation),
    },
    ...{ seal: readerSeal(newKey()), postKeys: ringOf('post'), clock: () => at, random },
  } as unknown as TellDeps;
  const heard = { name: 'tenders.TenderAmended', data, subject: 't1', sequence: 1, time: at, cause } as never;
  await tellThoseConcerned(deps)['tenders.TenderAmended'](heard);
  return written;
};

it('who was settled to be told openly is told as interested, though the event tells of owners', async () => {
  const written = await writtenFor({ organisations: ['org-matched'] }, () => ['matched']);
  expect(written).toHaveLength(2);
  for (const { told, sealed } of written) {
    expect(told).toMatchObject({ kind: 'tender-amended', link: `/tenders/${tender.tenderId}` });
    expect(told.data).not.toHaveProperty('ownBid');
    expect(sealed).toBeUndefined();
  }
});

it('the people of all that are told sealed lie in one random order, not one organisation after the other, and mails after all of the inboxes', async () => {
  const many = { 'org-one': 7, 'org-two': 3 };
  const membersOf = (organisation: string) =>
    Array.from({ length: many[organisation as keyof typeof many] }, (_, n) => `${organisation}/${n}`);
  let turn = 0;
  const random = (below: number) => (turn++ % 2 === 0 ? 0 : below - 1);
  const sealed = [['org-one', 0] as const, ['org-two', 0] as const];
  const written = await writtenFor({ organisations: [], sealed }, membersOf, random);
  expect(written.map(({ status }) => status)).toEqual([...Array(10).fill('unseen'), ...Array(10).fill('queued')]);
  const rows = written.map(({ organisation }) => organisation);
  for (const channel of [rows.slice(0, 10), rows.slice(10)]) {
    const changes = channel.filter((organisation, n) => n > 0 && organisation !== channel[n - 1]);
    expect(changes.length).toBeGreaterThan(1);
    expect(channel.filter((organisation) => organisation === 'org-two')).toHaveLength(3);
  }
  expect(new Set(written.map(({ recipient }) => recipient)).size).toBe(10);
});

it('who belongs to two that are told sealed is told once, as of the first', async () => {
  const sealed = [['org-owns', 0] as const, ['org-follows', 1] as const];
  const written = await writtenFor(
    { organisations: [], sealed },
    () => ['in-both'],
    (below) => below - 1,
  );
  expect(written).toHaveLength(2);
  for (const { told } of written) expect(told.data).toMatchObject({ ownBid: true });
});

it('what is told of a place in a waitlist says of which, as of which event of its slot', async () => {
  const entries: Told['entry'][] = [];
  const change = async (_: string, decide: Parameters<NotificationBook['change']>[1]) => {
    const facts = decide(absent, 'id');
    const state = Array.isArray(facts) ? facts.reduce(evolve<Told>, absent as Notification<Told>) : absent;
    if (state.status !== 'absent') entries.push(state.told.entry);
  };
  const deps = {
    notifications: { change },
    preferences: { find: async () => undefined },
    directory: { organisation: async (id: string) => ({ name: id, members: [{ userId: `${id}/user` }] }) },
    tellings: { people: async (_: string, __: string, settle: () => Promise<{ people: string[] }>) => (await settle()).people },
    clock: () => at,
  } as unknown as TellDeps;
  const reactions = tellThoseConcerned(deps) as Readonly<Record<string, (heard: unknown) => Promise<void>>>;
  const names = ['PlaceOffered', 'OfferExpired', 'SlotRescheduled', 'WaitlistEnded'] as const;
  for (const name of names)
    await reactions[`sandbox.${name}`]?.({ data: sandboxEvents[name].example, cause: { ...cause, sequence: 7 } });
  expect(entries).toEqual(Array(2 * names.length).fill({ id: 'entry-1', sequence: 7 }));
});

it('whom the event names openly is told though the owners cannot be read yet; all others are once they can', async () => {
  const told: string[] = [];
  const change = async (_: string, decide: Parameters<NotificationBook['change']>[1]) => {
    const facts = decide(absent, 'id');
    const state = Array.isArray(facts) ? facts.reduce(evolve<Told>, absent as Notification<Told>) : absent;
    if (state.status !== 'absent' && state.channel === 'inbox') told.push(state.organisation);
  };
  const deps = {
    notifications: { change, nextPlace: async () => 0 },
    preferences: { find: async () => undefined },
    directory: { organisation: async (id: string) => ({ name: id, members: [{ userId: `${id}/user` }] }) },
    tellings: {
      note: async () => undefined,
      audience: async (_: string, settle: () => Promise<Audience>) => settle(),
      people: async (_: string, __: string, settle: () => Promise<{ people: string[] }>) => (await settle()).people,
      sealedPeople: async (_: string, __: string, settle: () => Promise<string[]>) => settle(),
      toldOf: async () => ['org-matched'],
    },
    ...{ seal: readerSeal(newKey()), clock: () => at, random: () => 0 },
  } as unknown as TellDeps;
  const { tenderId } = tender;
  const owners = sealOwners(ringOf('post'), tenderId, [sealOwner(ringOf('post'), tenderId, 'org-owns')]);
  const { buyer } = tendersEvents.TenderCancelled.example;
  const cancelled = { tenderId, title: 'A portal', buyer, reason: 'Stopped.', followers: ['org-follows'], owners };
  const hearWith = (postKeys: TellDeps['postKeys']) =>
    tellThoseConcerned({ ...deps, postKeys })['tenders.TenderCancelled']({ data: cancelled, cause } as never);
  await expect(hearWith(ringOf('other'))).rejects.toThrow(OwnersCannotBeRead);
  expect(told.splice(0)).toEqual([buyer.organisationId]);
  await hearWith(ringOf('post'));
  expect(told.toSorted()).toEqual([buyer.organisationId, 'org-follows', 'org-matched', 'org-owns'].toSorted());
});
