import type { EventData } from '@umuhuza/contracts/catalogue';
import { type EventCause, idFrom } from '@umuhuza/eventing/cause';
import type { Heard, Reaction } from '@umuhuza/eventing/hear';
import type { Clock } from '@umuhuza/service/clock';
import type { Directory } from '../directory.ts';
import { notify } from '../notification/notify.ts';
import type { NotificationBook } from '../notificationBook.ts';
import type { PreferencesBook } from '../preferencesBook.ts';
import type { Tellings } from '../tellings.ts';
import type { Told, ToTell, ToTellAddressee } from '../told.ts';
import { type TellingEvent, whatToTell } from '../whatToTell.ts';
import { tellPeople } from './tellPeople.ts';

export type TellDeps = {
  readonly notifications: NotificationBook;
  readonly preferences: PreferencesBook;
  readonly directory: Directory;
  readonly tellings: Tellings;
  readonly clock: Clock;
};

/** Identity has not told of this organisation yet; the event comes again. */
export class OrganisationNotKnownYet extends Error {
  override readonly name = 'OrganisationNotKnownYet';
}

/** Tells every member of every organisation that the event concerns, once on each channel, however often the event comes. */
export const tellThoseConcerned = (deps: TellDeps): { readonly [Name in TellingEvent]: Reaction<Name> } => {
  const tellOf =
    <Name extends TellingEvent>(name: Name) =>
    async ({ data, cause }: Heard<Name>): Promise<void> => {
      const row = whatToTell[name] as (data: EventData<Name>) => {
        about?: string;
        tell: readonly ToTell[];
        write?: readonly ToTellAddressee[];
      };
      const { about, tell, write = [] } = row(data);
      for (const toTell of write) await writeTo(deps, cause, toTell);
      const unknown: OrganisationNotKnownYet[] = [];
      for (const organisation of await whoIsTold(deps, cause, about, tell)) {
        const toTell = tell.find(({ to }) => to === organisation) ?? tell.find(({ to }) => typeof to !== 'string');
        try {
          if (toTell) await tellOrganisation(deps, cause, about, organisation, toTell);
        } catch (error) {
          // One that is not known yet keeps no other from being told.
          if (!(error instanceof OrganisationNotKnownYet)) throw error;
          unknown.push(error);
        }
      }
      if (unknown[0]) throw unknown[0];
    };
  const names = Object.keys(whatToTell) as TellingEvent[];
  return Object.fromEntries(names.map((name) => [name, tellOf(name)])) as { [Name in TellingEvent]: Reaction<Name> };
};

/** The event names the person and the address, so who is told is the same whenever it comes. */
const writeTo = async ({ notifications, clock }: TellDeps, cause: EventCause, toTell: ToTellAddressee): Promise<void> => {
  const { addressee, of: organisation, ...told } = toTell;
  const recipient = `invited/${addressee.id}`;
  const whom = { recipient, organisation, told: { ...told, addressee, link: '/' } as Told };
  await notifications.change(
    idFrom(cause, `${recipient}/email`),
    (notification) => notify(notification, { ...whom, channel: 'email', wanted: true, at: clock() }),
    cause,
  );
};

/** What the event itself names is the same whenever it comes; what depends on what was told before is settled when it first comes. */
const whoIsTold = async (
  { tellings }: TellDeps,
  cause: EventCause,
  about: string | undefined,
  tell: readonly ToTell[],
): Promise<readonly string[]> => {
  const dependsOnBefore = tell.some(({ to, pointlessAfter }) => typeof to !== 'string' || pointlessAfter);
  if (about === undefined || !dependsOnBefore) return unique(tell.flatMap(({ to }) => (typeof to === 'string' ? [to] : [])));
  return tellings.organisations(cause.id, async () => {
    const told: string[] = [];
    for (const { to, pointlessAfter } of tell) {
      if (pointlessAfter && (await tellings.toldOf(about, pointlessAfter)).length > 0) continue;
      told.push(...(typeof to === 'string' ? [to] : await tellings.toldOf(about, to.toldBefore)));
    }
    return unique(told);
  });
};

const unique = (organisations: readonly string[]): string[] => [...new Set(organisations)];

const tellOrganisation = async (
  deps: TellDeps,
  cause: EventCause,
  about: string | undefined,
  organisation: string,
  toTell: ToTell,
): Promise<void> => {
  const { directory, tellings } = deps;
  const known = async (id: string) => {
    const found = await directory.organisation(id);
    if (!found) throw new OrganisationNotKnownYet(`the members of ${id} are not known yet`);
    return found;
  };
  const { to: _, other, only, pointlessAfter: __, ...told } = toTell;
  const otherSide = other && {
    organisationId: other.organisationId,
    name: other.name ?? (await known(other.organisationId)).name,
  };
  const people = await tellings.people(cause.id, organisation, async () => ({
    organisation,
    kind: told.kind,
    about,
    people: (await known(organisation)).members.map(({ userId }) => userId).filter((user) => only?.includes(user) ?? true),
  }));

  const all = { ...told, other: otherSide ?? null } as Told;
  await tellPeople(deps, { people, organisation, told: all, cause, idOf: (part) => idFrom(cause, part) });
};
