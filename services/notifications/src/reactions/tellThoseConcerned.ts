import type { EventData } from '@umuhuza/contracts/catalogue';
import { type EventCause, idFrom } from '@umuhuza/eventing/cause';
import type { Heard, Reaction } from '@umuhuza/eventing/hear';
import { openOwners } from '@umuhuza/service/sealing/bidOwners';
import type { KeyRing } from '@umuhuza/service/sealing/keyRing';
import type { Directory } from '../directory.ts';
import { notify } from '../notification/notify.ts';
import type { Becomes, Tellings } from '../tellings.ts';
import { invitations, type Receiver, type Told, type ToTell, type ToTellAddressee } from '../told.ts';
import { type TellingEvent, whatToTell } from '../whatToTell.ts';
import { tellPeople } from './tellPeople.ts';
import { type MembersTold, type TellSealedDeps, tellSealed } from './tellSealed.ts';

export type TellDeps = TellSealedDeps & {
  readonly directory: Directory;
  readonly tellings: Tellings;
  /** Open the owners of sealed bids. */
  readonly postKeys: KeyRing;
};

/** Identity has not told of this organisation yet; the event comes again. */
export class OrganisationNotKnownYet extends Error {
  override readonly name = 'OrganisationNotKnownYet';
}

/** A key that the list needs is not there, or it was changed; the event comes again. */
export class OwnersCannotBeRead extends Error {
  override readonly name = 'OwnersCannotBeRead';
}

/** Tells every member of every organisation that the event concerns, once on each channel, however often the event comes. */
export const tellThoseConcerned = (deps: TellDeps): { readonly [Name in TellingEvent]: Reaction<Name> } => {
  const tellOf =
    <Name extends TellingEvent>(name: Name) =>
    async ({ data, cause }: Heard<Name>): Promise<void> => {
      const row = whatToTell[name] as (data: EventData<Name>) => {
        about?: string;
        becomes?: Becomes;
        tell: readonly ToTell[];
        write?: readonly ToTellAddressee[];
      };
      const { about, becomes, tell, write = [] } = row(data);
      for (const toTell of write) await writeTo(deps, cause, toTell);
      if (about !== undefined && becomes) await deps.tellings.note(cause.id, about, becomes);
      const sealed: MembersTold[] = [];
      const unknown: OrganisationNotKnownYet[] = [];
      let closed: OwnersCannotBeRead | undefined;
      const concerned = await whoIsTold(deps, cause, about, tell).catch((error: unknown) => {
        if (!(error instanceof OwnersCannotBeRead)) throw error;
        closed = error;
        return toldInAnyCase(tell);
      });
      for (const [organisation, toTell] of concerned) {
        try {
          const settled = await settleTelling(deps, cause, about, organisation, toTell);
          const told = await asItStands(deps, about, settled.told);
          if (!told) continue;
          const telling = { ...settled, told };
          if (toTell.sealed) sealed.push(telling);
          else await tellPeople(deps, { ...telling, cause, idOf: (part) => idFrom(cause, part) });
        } catch (error) {
          // One that is not known yet keeps no other from being told.
          if (!(error instanceof OrganisationNotKnownYet)) throw error;
          unknown.push(error);
        }
      }
      await tellSealed(deps, cause, sealed);
      const failure = closed ?? unknown[0];
      if (failure) throw failure;
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

/**
 * What the event itself names is the same whenever it comes; what depends on what was told before, or is sealed, is settled when it first comes.
 * Of several rows that name an organisation the first counts.
 */
const whoIsTold = async (
  { tellings, postKeys }: TellDeps,
  cause: EventCause,
  about: string | undefined,
  tell: readonly ToTell[],
): Promise<readonly (readonly [organisation: string, toTell: ToTell])[]> => {
  const openly = (organisations: readonly string[]) =>
    organisations.flatMap((organisation) => {
      // Whom it does not name is there by what was told before: the owners, of which no list lies open, are another row.
      const toTell =
        tell.find(({ to }) => to === organisation) ?? tell.find(({ to }) => typeof to !== 'string' && 'toldBefore' in to);
      // A sealed row is told openly where it was settled so by a version that sealed nothing.
      return toTell ? [[organisation, { ...toTell, sealed: false }] as const] : [];
    });
  const isSettled = tell.some((toTell) => typeof toTell.to !== 'string' || isInvitation(toTell) || toTell.sealed);
  if (about === undefined || !isSettled) return openly(unique(tell.flatMap(({ to }) => (typeof to === 'string' ? [to] : []))));

  const receiversOf = async (to: Receiver): Promise<readonly string[]> => {
    if (typeof to === 'string') return [to];
    if ('toldBefore' in to) return tellings.toldOf(about, to.toldBefore);
    try {
      return openOwners(postKeys, about, to.owners);
    } catch (cause) {
      throw new OwnersCannotBeRead('the owners of the sealed bids cannot be read', { cause });
    }
  };
  const settle = async () => {
    const rows = new Map<string, number>();
    for (const [n, toTell] of tell.entries()) {
      if (isInvitation(toTell) && (await tellings.tenderNow(about)).isOver) continue;
      for (const organisation of await receiversOf(toTell.to)) if (!rows.has(organisation)) rows.set(organisation, n);
    }
    const isSealed = ([, n]: readonly [string, number]) => tell[n]?.sealed === true;
    const organisations = [...rows].filter((row) => !isSealed(row)).map(([organisation]) => organisation);
    return tell.some(({ sealed }) => sealed) ? { organisations, sealed: [...rows].filter(isSealed) } : { organisations };
  };
  const { organisations, sealed = [] } = await tellings.audience(cause.id, settle);
  return [
    ...openly(organisations),
    ...sealed.flatMap(([organisation, n]) => {
      const toTell = tell[n];
      return toTell ? [[organisation, toTell] as const] : [];
    }),
  ];
};

/** Whom the event names, and tells openly: nobody else is known while a list of owners cannot be opened, nor may anybody else be told before these. */
const toldInAnyCase = (tell: readonly ToTell[]): readonly (readonly [organisation: string, toTell: ToTell])[] =>
  tell.flatMap((toTell) => (typeof toTell.to === 'string' && !toTell.sealed ? [[toTell.to, toTell] as const] : []));

const unique = (organisations: readonly string[]): string[] => [...new Set(organisations)];

/** What one organisation is told, and which of its members. */
const settleTelling = async (
  { directory, tellings }: TellDeps,
  cause: EventCause,
  about: string | undefined,
  organisation: string,
  toTell: ToTell,
): Promise<MembersTold> => {
  const { to: _, other, only, sealed = false, ofEntry, ...said } = toTell;
  const told = { ...said, ...(ofEntry === undefined ? {} : { entry: { id: ofEntry, sequence: cause.sequence } }) };
  const known = async (id: string) => {
    const found = await directory.organisation(id);
    // An error's text is kept and logged: of who is told sealed it does not speak.
    if (!found) throw new OrganisationNotKnownYet(`the members of ${sealed ? 'one that is told' : id} are not known yet`);
    return found;
  };
  const otherSide = other && {
    organisationId: other.organisationId,
    name: other.name ?? (await known(other.organisationId)).name,
  };
  const membersNow = async () =>
    (await known(organisation)).members.map(({ userId }) => userId).filter((user) => only?.includes(user) ?? true);
  const people = sealed
    ? await tellings.sealedPeople(cause.id, organisation, membersNow)
    : await tellings.people(cause.id, organisation, async () => ({
        organisation,
        kind: told.kind,
        about,
        people: await membersNow(),
      }));

  return { people, organisation, told: { ...told, other: otherSide ?? null } as Told };
};

type Invitation = Extract<Told, { kind: (typeof invitations)[number] }>;
const isInvitation = <Some extends Pick<Told, 'kind'>>(told: Some): told is Some & Pick<Invitation, 'kind'> =>
  invitations.some((kind) => kind === told.kind);

/** An invitation may have waited until its firm was known, or be told beside the end of the tender. None is told once no bid is taken any more. */
const asItStands = async ({ tellings, clock }: TellDeps, about: string | undefined, told: Told): Promise<Told | undefined> => {
  if (about === undefined || !isInvitation(told)) return told;
  const { isOver, deadline: noted } = await tellings.tenderNow(about);
  const deadline = noted !== undefined && isLater(noted, told.data.deadline) ? noted : told.data.deadline;
  if (isOver || !isLater(deadline, clock())) return undefined;
  return { ...told, data: { ...told.data, deadline } } as Told;
};

const isLater = (one: string, other: string): boolean => Temporal.Instant.compare(one, other) > 0;
