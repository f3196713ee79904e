import { setTimeout as delay } from 'node:timers/promises';
import type { EventData, EventName } from '@umuhuza/contracts/catalogue';
import type { Failpoint } from '@umuhuza/eventing/failpoints';
import { type Answer, type Asker, type Document, type Order, type Stage, userOf } from './stage.ts';

type Said<Name extends EventName> = { readonly subject: string; readonly data: EventData<Name> };

/** Makes ready what the reaction needs, and gives back the event, about things that bear this mark and nobody else touches. */
export type Reacts<Name extends EventName = EventName> = (stage: Stage, mark: string) => Said<Name> | Promise<Said<Name>>;

/** Makes ready what a command, or time itself, needs to take effect, and gives back the deed; it settles when the effect is there. */
export type Commands = (stage: Stage, mark: string) => Promise<() => Promise<Answer | undefined>>;

/** Everything that makes one service change: each time about things of its own, so that all may happen at once. */
export type Story = {
  readonly service: string;
  readonly prelude?: (stage: Stage) => Promise<void>;
  readonly reactions: { readonly [Name in EventName]?: Reacts<Name> };
  /** For an event that is not among them. */
  readonly reactsTo?: (name: EventName) => Reacts;
  readonly commands: Readonly<Record<string, Commands>>;
  /** Reactions that find their work done by the request itself, and write only when that died. */
  readonly repeating?: readonly EventName[];
  /** Cases that wait for a clock, and at which points they take part when all die together. */
  readonly slow?: Readonly<Record<string, readonly Failpoint[]>>;
  /** Ends what nothing but a clock would end after a death. */
  readonly afterDeath?: (stage: Pick<Stage, 'database'>) => Promise<void>;
  /** A document without what differs from run to run beyond instants and random ids; undefined when nothing of it lasts. */
  readonly lasting?: (collection: string, document: Document, all: Readonly<Record<string, readonly Document[]>>) => unknown;
  /** Texts that a random key has made. */
  readonly opaque?: RegExp;
  /** Types of events that are said by the request, or by who finishes for one that died: the same once, by another cause. */
  readonly eitherCause?: readonly string[];
  /** Whether the service has nothing left to do by itself. */
  readonly isAtRest?: (stage: Pick<Stage, 'database'>) => Promise<boolean>;
};

export const german = (organisation: string): Asker => ({ organisation, country: 'DE' });
export const rwandan = (organisation: string): Asker => ({ organisation, country: 'RW' });

/** A command that is one request; what it needs may be made ready before. */
export const asks =
  (what: string, order: (stage: Stage, mark: string) => Order | Promise<Order>): Commands =>
  async (stage, mark) => {
    const ready = await order(stage, mark);
    return () => stage.ask(`${what} ${mark}`, ready);
  };

/** The same for what nobody remembers once it is gone: who asks again and hears that nothing is there has what it wanted. */
export const takesAway =
  (what: string, order: (stage: Stage, mark: string) => Promise<Order>): Commands =>
  async (stage, mark) => {
    const ready = await order(stage, mark);
    return async () => {
      const answer = await stage.ask(`${what} ${mark}`, ready);
      return answer.status === 404 ? ({ status: 204, body: '' } as unknown as Answer) : answer;
    };
  };

/** Asks for something that must succeed, and gives back its body. */
export const made = async (stage: Stage, key: string, order: Order): Promise<Readonly<Record<string, unknown>>> => {
  const { status, body } = await stage.ask(key, order);
  if (status >= 300) throw new Error(`${order.method} ${order.path}: ${status} ${JSON.stringify(body)}`);
  return body as Readonly<Record<string, unknown>>;
};

export const registered = (
  organisation: string,
  country: Asker['country'] = 'RW',
): EventData<'identity.OrganisationRegistered'> => ({
  organisationId: organisation,
  name: `${organisation} (demonstration)`,
  slug: organisation.toLowerCase(),
  country,
});

export const register = (stage: Stage, { organisation, country }: Asker): Promise<void> =>
  stage.say('identity.OrganisationRegistered', organisation, registered(organisation, country));

/** Where time itself changes a document: such a case waits for a clock, so it takes part at these points only when all die together. */
export const pointsOfTime: readonly Failpoint[] = ['beforeWrite', 'afterWrite', 'beforePublish', 'afterAck'];

/** Looks until it is as it should be; the service may be dead meanwhile. */
export const untilSeen = async (what: string, look: () => Promise<boolean>): Promise<void> => {
  const until = Date.now() + 300_000;
  for (;;) {
    // What cannot be asked now has not been seen yet.
    const isSeen = await look().catch((error: unknown) => {
      if (error instanceof TypeError) return false;
      throw error;
    });
    if (isSeen) return;
    if (Date.now() > until) throw new Error(`in five minutes it was not seen that ${what}`);
    await delay(50);
  }
};

/** What identity tells of an organisation with one member. */
export const members = (organisation: string, country: Asker['country'] = 'RW'): EventData<'identity.MembersChanged'> => ({
  organisationId: organisation,
  name: `${organisation} (demonstration)`,
  country,
  members: [
    {
      userId: userOf(organisation),
      name: 'Demonstration Owner',
      email: `owner@${organisation.toLowerCase()}.example`,
      role: 'owner',
      language: 'en',
      timeZone: 'Africa/Kigali',
    },
  ],
});
