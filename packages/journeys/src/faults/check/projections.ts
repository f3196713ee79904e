import type { Envelope } from '@umuhuza/contracts/event';
import { canonical } from '../canonical.ts';
import { collection, eventsOf, type History, nameOf, type Rule, type Violation } from '../history.ts';
import type { SeenInterest, SeenProfile } from './states.ts';

const rule = 'every subscriber applied every event';

type Shape = Readonly<Record<string, unknown>>;

/** What of a profile or a tender another service keeps. */
const only = (data: Shape, keys: readonly string[]): Shape => Object.fromEntries(keys.map((key) => [key, data[key]]));

const firmKeys = [
  ...['organisationId', 'name', 'country', 'offers', 'needs', 'sectors', 'languages', 'teamSize', 'dayRate', 'availableFrom'],
  ...['workingHours', 'certificates'],
];
const tenderKeys = [
  ...['tenderId', 'buyer', 'title', 'deadline', 'audience', 'cpv', 'skills', 'sectors', 'languages', 'mustHaves', 'budget'],
  ...['startsOn', 'durationMonths', 'workingHoursOverlap'],
];

/** What a firm is compared by. Of its references only whether they are verified. */
const firm = ({ profile }: Shape): Shape => {
  const told = profile as Shape & { readonly references: readonly { readonly status: string }[] };
  return { profile: { ...only(told, firmKeys), references: told.references.map(({ status }) => ({ status })) } };
};
const named = (data: Shape): Shape => only(data, ['name']);
const users = ({ members }: Shape): string[] => (members as { userId: string }[]).map(({ userId }) => userId);
const placed = (data: Shape): Shape => only(data, ['name', 'country']);

type Told = Readonly<Record<string, (data: Shape) => Shape>>;

/** The newest event of each subject, as `told` puts it. */
const newest = (events: readonly Envelope[], told: Told): Map<string, Shape> => {
  const found = new Map<string, Envelope>();
  for (const event of events)
    if (nameOf(event) in told && event.sequence > (found.get(event.subject)?.sequence ?? 0)) found.set(event.subject, event);
  return new Map(
    [...found].map(([subject, event]) => [subject, { sequence: event.sequence, ...told[nameOf(event)]?.(event.data) }]),
  );
};

const publishing = ['tenders.TenderPublished', 'tenders.TenderAmended'];
const ending = ['tenders.BiddingClosed', 'tenders.TenderCancelled', 'tenders.TenderUnsuccessful'];

/** Two words of each tender: its newest terms, and whether the newest of all is its end. */
const tendersOf = (events: readonly Envelope[]): Map<string, Shape> => {
  const terms = newest(
    events,
    Object.fromEntries(publishing.map((name) => [name, ({ tender }) => ({ tender: only(tender as Shape, tenderKeys) })])),
  );
  const over = newest(
    events,
    Object.fromEntries(
      [...publishing.map((name) => [name, false] as const), ...ending.map((name) => [name, true] as const)].map(
        ([name, isOver]) => [name, () => ({ over: isOver })],
      ),
    ),
  );
  return new Map(
    [...over].map(([id, word]) => [id, { ...word, tender: terms.get(id)?.tender, termsSequence: terms.get(id)?.sequence }]),
  );
};

/** A line for each tender and firm the buyer named for it. */
const invitationsOf = (events: readonly Envelope[]): Map<string, Shape> => {
  const invitations = new Map<string, Shape & { readonly sequence: number }>();
  for (const event of events)
    if (nameOf(event) === 'tenders.FirmsInvited')
      for (const firm of event.data.firms as string[]) {
        const id = `${event.subject}/${firm}`;
        invitations.set(id, { sequence: Math.max(event.sequence, invitations.get(id)?.sequence ?? 0) });
      }
  return invitations;
};

export type Projection = {
  readonly service: string;
  readonly name: string;
  readonly heard: readonly string[];
  readonly rebuilt: (events: readonly Envelope[]) => Map<string, Shape>;
};
const of = (service: string, name: string, told: Told): Projection => ({
  service,
  name,
  heard: Object.keys(told),
  rebuilt: (events) => newest(events, told),
});

/** Everything that services keep of what others told them. */
export const projections: readonly Projection[] = [
  of('tenders', 'organisations', {
    'identity.OrganisationRegistered': (data) => ({ ...named(data), members: [] }),
    'identity.MembersChanged': (data) => ({ ...named(data), members: users(data) }),
  }),
  of('matching', 'organisations', { 'identity.OrganisationRegistered': placed, 'identity.MembersChanged': placed }),
  of('sandbox', 'organisations', { 'identity.OrganisationRegistered': named }),
  of('sandbox', 'members', {
    'identity.MembersChanged': (data) => ({ users: users(data) }),
  }),
  of('notifications', 'organisations', { 'identity.MembersChanged': (data) => only(data, ['name', 'members']) }),
  of('matching', 'firms', {
    'profiles.ProfilePublished': firm,
    'profiles.ProfileChanged': firm,
    'profiles.ProfileWithdrawn': () => ({ profile: null }),
  }),
  { service: 'matching', name: 'tenders', heard: [...publishing, ...ending], rebuilt: tendersOf },
  { service: 'matching', name: 'invitations', heard: ['tenders.FirmsInvited'], rebuilt: invitationsOf },
];

/** A projection equals, whole, what the streams rebuild; only when it was learned is the service's own affair. */
const compare = (history: History, { service, name, rebuilt }: Projection): Violation[] => {
  const expected = rebuilt(eventsOf(history));
  const stored = new Map(collection(history, service, name).map(({ _id, at: _learned, ...kept }) => [_id, kept]));
  const differing = [...expected].flatMap(([id, shape]) => {
    const [kept, told] = [canonical(stored.get(id) ?? {}), canonical(shape)];
    return kept === told ? [] : [{ rule, says: `${service}.${name} ${id} is ${kept}; the stream rebuilds ${told}`, about: id }];
  });
  const surplus = [...stored.keys()]
    .filter((id) => !expected.has(id))
    .map((id) => ({ rule, says: `${service}.${name} ${id} comes from no event`, about: id }));
  return [...differing, ...surplus];
};

/** Names, members, firms and tenders as others keep them equal what a rebuild from the streams gives. */
export const projectionsEqualARebuild: Rule = (history) => projections.flatMap((projection) => compare(history, projection));

/** What an event brings about in another document is there, once. */
export const reactionsHappenedOnce: Rule = (history) => {
  const violations: Violation[] = [];
  const miss = (says: string, about: string) => violations.push({ rule, says, about });

  const profiles = new Map(collection(history, 'profiles', 'profiles').map(({ _id, state }) => [_id, state as SeenProfile]));
  const interests = new Map(collection(history, 'matching', 'interests').map(({ _id, state }) => [_id, state as SeenInterest]));
  const cooperations = Map.groupBy(collection(history, 'matching', 'cooperations'), ({ state }) => {
    const { origin, organisations } = state as {
      origin?: { kind: string; id: string };
      organisations?: readonly { organisationId: string }[];
    };
    return origin?.kind === 'award' ? `award/${origin.id}/${organisations?.[1]?.organisationId}` : `interest/${origin?.id}`;
  });
  const lapsed = new Set(
    eventsOf(history, 'tenders')
      .filter((event) => nameOf(event) === 'tenders.AwardLapsed')
      .map(({ subject, data }) => `${subject}-${data.lotId} ${(data.winner as { organisationId: string }).organisationId}`),
  );
  const cooperationsOf = (origin: string) => cooperations.get(origin)?.length ?? 0;

  for (const event of eventsOf(history)) {
    switch (nameOf(event)) {
      case 'identity.OrganisationRegistered': {
        const name = profiles.get(event.subject)?.organisation?.name;
        if (name !== event.data.name)
          miss(`the profile of ${event.subject} is named ${name}, not ${event.data.name}`, event.subject);
        break;
      }
      case 'tenders.LotAwarded': {
        const { organisationId } = event.data.winner as { organisationId: string };
        const id = `${event.subject}-${event.data.lotId}`;
        const isLapsed = lapsed.has(`${id} ${organisationId}`);
        const times = profiles.get(organisationId)?.verified?.filter((reference) => reference.id === id).length ?? 0;
        if (times !== (isLapsed ? 0 : 1)) miss(`the reference ${id} of ${organisationId} stands ${times} times`, event.subject);
        const started = cooperationsOf(`award/${event.subject}/${organisationId}`);
        if (started !== 1) miss(`${started} cooperations came of the award of ${event.subject}`, event.subject);
        break;
      }
      case 'matching.InterestAccepted': {
        const started = cooperationsOf(`interest/${event.subject}`);
        if (started !== 1) miss(`${started} cooperations came of the interest ${event.subject}`, event.subject);
        const status = interests.get(event.subject)?.status;
        if (status !== 'introduced') miss(`the accepted interest ${event.subject} is ${status}, not introduced`, event.subject);
        break;
      }
    }
  }
  return violations;
};
