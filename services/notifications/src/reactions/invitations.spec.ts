import type { EventName } from '@umuhuza/contracts/catalogue';
import { tendersEvents } from '@umuhuza/contracts/tenders/events';
import { describe, expect, it } from 'vitest';
import { absent, evolve, type Notification } from '../notification/notification.ts';
import type { NotificationBook } from '../notificationBook.ts';
import type { Audience, Becomes, Telling, Tellings } from '../tellings.ts';
import type { Told } from '../told.ts';
import { OrganisationNotKnownYet, type TellDeps, tellThoseConcerned } from './tellThoseConcerned.ts';

const at = '2026-11-26T10:00:00.000Z';
const { tender } = tendersEvents.TenderAmended.example;
const buyer = { organisationId: 'org-buyer', name: 'Demonstration Logistik GmbH', country: 'DE' };
const about = { tenderId: tender.tenderId, title: tender.title, buyer };
const deadline = '2027-01-31T12:00:00.000Z';
const later = '2027-02-28T12:00:00.000Z';

type Said = readonly [name: EventName, data: object];
const firms = ['org-one', 'org-two'];
const matched: Said = [
  'matching.FirmsMatched',
  { ...about, deadline, firms: firms.map((organisationId) => ({ organisationId, reasons: [] })) },
];
const invited: Said = ['tenders.FirmsInvited', { ...about, deadline, firms }];
const cancelled: Said = ['tenders.TenderCancelled', { ...about, reason: 'Stopped.' }];
const prolonged: Said = ['tenders.TenderAmended', { tender: { ...tender, ...about, deadline: later }, changed: ['deadline'] }];

/** What is kept of who was told; `beforeStep` runs before each time that it is read or written. */
const inMemory = (beforeStep: () => Promise<void>): Tellings => {
  const audiences = new Map<string, Audience>();
  const tellings = new Map<string, Telling>();
  const turns = new Map<string, { about: string; becomes: Becomes }>();
  const once = async <Value>(kept: Map<string, Value>, key: string, settle: () => Promise<Value>): Promise<Value> => {
    const value = kept.get(key) ?? (await settle());
    await beforeStep();
    const first = kept.get(key) ?? value;
    kept.set(key, first);
    return first;
  };
  return {
    audience: async (eventId, settle) => once(audiences, eventId, settle),
    people: async (eventId, organisation, settle) => (await once(tellings, `${eventId}/${organisation}`, settle)).people,
    sealedPeople: async () => expect.fail('nothing here is sealed'),
    note: async (eventId, about, becomes) => {
      await once(turns, eventId, async () => ({ about, becomes }));
    },
    tenderNow: async (about) => {
      await beforeStep();
      const noted = [...turns.values()].flatMap((turn) => (turn.about === about ? turn.becomes : []));
      const deadlines = noted.flatMap((becomes) => (becomes === 'over' ? [] : becomes.deadline));
      return { isOver: noted.includes('over'), deadline: deadlines.toSorted(Temporal.Instant.compare).at(-1) };
    },
    toldOf: async (about, kinds) => {
      await beforeStep();
      return [...tellings.values()].flatMap((told) =>
        told.about === about && kinds.includes(told.kind) ? told.organisation : [],
      );
    },
  };
};

/** Notifications of firms with one member each. Within an event another may be heard, as by another replica. */
const listening = (known: readonly string[]) => {
  let now = at;
  const members = new Set(known);
  const notifications = new Map<string, Exclude<Notification<Told>, { status: 'absent' }>>();
  let meanwhile: { readonly step: number; readonly hear: () => Promise<void> } | undefined;
  let step = 0;
  const change = async (id: string, decide: Parameters<NotificationBook['change']>[1]) => {
    const facts = decide(absent, id);
    const state = Array.isArray(facts) ? facts.reduce(evolve<Told>, absent as Notification<Told>) : absent;
    if (state.status !== 'absent' && !notifications.has(id)) notifications.set(id, state);
  };
  const beforeStep = async () => {
    step += 1;
    if (step !== meanwhile?.step) return;
    const { hear } = meanwhile;
    meanwhile = undefined;
    await hear();
  };
  const reactions = tellThoseConcerned({
    notifications: { change },
    preferences: { find: async () => undefined },
    directory: {
      organisation: async (id: string) => (members.has(id) ? { name: id, members: [{ userId: `${id}/user` }] } : undefined),
    },
    ...{ tellings: inMemory(beforeStep), clock: () => now },
  } as unknown as TellDeps) as Readonly<Record<string, (heard: unknown) => Promise<void>>>;
  const hear = async ([name, data]: Said): Promise<void> =>
    reactions[name]?.({ data, cause: { kind: 'event', id: name, aggregate: name, sequence: 1, correlationId: name, at } });
  return {
    hear,
    know: (organisation: string) => void members.add(organisation),
    waitUntil: (instant: string) => {
      now = instant;
    },
    /** Hears one, and the other before this step of the first. False where the first has no such step. */
    hearWithin: async (first: Said, other: Said, before: number): Promise<boolean> => {
      meanwhile = { step: before, hear: () => hear(other) };
      await hear(first);
      return meanwhile === undefined;
    },
    /** Each that was told one of these, with what. */
    told: (...kinds: readonly Told['kind'][]) =>
      [...notifications.values()].filter(({ told, channel }) => channel === 'inbox' && kinds.includes(told.kind)),
  };
};
type Listening = ReturnType<typeof listening>;
const toldOf = (told: ReturnType<Listening['told']>): string[] => told.map(({ organisation }) => organisation).toSorted();

/** Both orders of two events, each within the other before every one of its steps. */
const everyInterleaving = async (one: Said, other: Said, check: (service: Listening, when: string) => void) => {
  for (const [first, second] of [
    [one, other],
    [other, one],
  ] as const)
    for (let step = 1; ; step += 1) {
      const service = listening(['org-buyer', ...firms]);
      if (!(await service.hearWithin(first, second, step))) {
        expect(step).toBeGreaterThan(3);
        break;
      }
      check(service, `${second[0]} before step ${step} of ${first[0]}`);
    }
};

describe.each([matched, invited])('an invitation to a tender: %s', (...invitation) => {
  it('goes to nobody who does not hear of the end, too, whenever that is heard', () =>
    everyInterleaving(invitation, cancelled, ({ told }, when) => {
      const heardOfTheEnd = toldOf(told('tender-cancelled'));
      expect(heardOfTheEnd, when).toContain('org-buyer');
      for (const firm of toldOf(told('tender-matched', 'tender-invited'))) expect(heardOfTheEnd, when).toContain(firm);
    }));

  it('and leaves nobody with the deadline that was, whenever the amendment is heard', () =>
    everyInterleaving(invitation, prolonged, ({ told }, when) => {
      const all = told('tender-matched', 'tender-invited', 'tender-amended');
      const newest = all.filter(({ told }) => 'deadline' in told.data && told.data.deadline === later);
      for (const firm of firms) expect(toldOf(newest), when).toContain(firm);
    }));

  it('is told no more when the firm is known only after the end', async () => {
    const { hear, know, told } = listening(['org-buyer', 'org-one']);
    await expect(hear(invitation)).rejects.toThrow(OrganisationNotKnownYet);
    await hear(cancelled);
    know('org-two');
    await hear(invitation);
    expect(toldOf(told('tender-matched', 'tender-invited'))).toEqual(['org-one']);
    expect(toldOf(told('tender-cancelled'))).toEqual(['org-buyer', 'org-one']);
  });

  it('names the newest deadline when the firm is known only after the amendment', async () => {
    const { hear, know, told } = listening(['org-buyer', 'org-one']);
    await expect(hear(invitation)).rejects.toThrow(OrganisationNotKnownYet);
    await hear(prolonged);
    know('org-two');
    await hear(invitation);
    const invitations = told('tender-matched', 'tender-invited');
    expect(invitations.map(({ told }) => told.data)).toMatchObject([{ deadline }, { deadline: later }]);
  });

  it('is told no more when the firm is known only once the deadline has passed, and still is before the newest has', async () => {
    const { hear, know, told, waitUntil } = listening(['org-buyer', 'org-one']);
    await expect(hear(invitation)).rejects.toThrow(OrganisationNotKnownYet);
    waitUntil(deadline);
    know('org-two');
    await hear(invitation);
    const invited = () => toldOf(told('tender-matched', 'tender-invited'));
    expect(invited()).toEqual(['org-one']);
    await hear(prolonged);
    await hear(invitation);
    expect(invited()).toEqual(['org-one', 'org-two']);
    expect(toldOf(told('tender-amended'))).toEqual(['org-one', 'org-two']);
  });
});
