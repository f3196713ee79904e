import { tendersEvents } from '@umuhuza/contracts/tenders/events';
import type { EventCause } from '@umuhuza/eventing/cause';
import { newKey } from '@umuhuza/service/sealing/keyRing';
import { readerSeal } from '@umuhuza/service/sealing/readerSeal';
import { ringOf } from '@umuhuza/testing/keyRing';
import { expect, it } from 'vitest';
import { absent, evolve, type Notification } from '../notification/notification.ts';
import type { NotificationBook } from '../notificationBook.ts';
import type { Audience } from '../tellings.ts';
import type { Told } from '../told.ts';
import { type TellDeps, tellThoseConcerned } from './tellThoseConcerned.ts';

const at = '2026-11-26T10:00:00.000Z';
const cause: EventCause = {
  ...{ kind: 'event', id: 'event-1', aggregate: 't1', sequence: 1 },
  ...{ correlationId: 'c1', actor: 'platform', at },
};
const { tender } = tendersEvents.TenderAmended.example;
const data = { tender, changed: [], changesWhatIsAsked: true, reason: 'Asked for.', followers: [], owners: 'a list' };

/** What is written when an amendment is heard of which these were settled to be told, in the order in which it is. */
const writtenFor = async (audience: Audience, membersOf: (organisation: string) => readonly string[]) => {
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
      audience: async () => audience,
      people: async (_: string, organisation: string) => membersOf(organisation),
      sealedPeople: async (_: string, organisation: string) => membersOf(organisation),
    },
    ...{ seal: readerSeal(newKey()), postKeys: ringOf('post'), clock: () => at },
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
