import type { Envelope } from '@umuhuza/contracts/event';
import { collection, eventsOf, type History, nameOf, type Rule, type Violation } from '../history.ts';
import type { SeenInterest, SeenProfile } from './states.ts';

const rule = 'every subscriber applied every event';

type Shape = Readonly<Record<string, unknown>>;

/** A projection rebuilt from the streams: the newest event of each subject, told by `shape`. */
const rebuilt = (events: readonly Envelope[], shapes: Readonly<Record<string, (data: Shape) => Shape>>): Map<string, Shape> => {
  const newest = new Map<string, Envelope>();
  for (const event of events)
    if (nameOf(event) in shapes && event.sequence > (newest.get(event.subject)?.sequence ?? 0)) newest.set(event.subject, event);
  return new Map(
    [...newest].map(([subject, event]) => [subject, { sequence: event.sequence, ...shapes[nameOf(event)]?.(event.data) }]),
  );
};

/** The same wherever the keys stand. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_key, part: unknown) =>
    part && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );

const compare = (history: History, service: string, name: string, expected: Map<string, Shape>): Violation[] => {
  const stored = new Map(collection(history, service, name).map((document) => [document._id, document]));
  const differing = [...expected].flatMap(([id, shape]) => {
    const document = stored.get(id);
    const kept = document && Object.fromEntries(Object.keys(shape).map((key) => [key, document[key]]));
    return canonical(kept) === canonical(shape)
      ? []
      : [{ rule, says: `${service}.${name} ${id} is ${canonical(kept)}; the stream rebuilds ${canonical(shape)}`, about: id }];
  });
  const surplus = [...stored.keys()]
    .filter((id) => !expected.has(id))
    .map((id) => ({ rule, says: `${service}.${name} ${id} comes from no event`, about: id }));
  return [...differing, ...surplus];
};

const named = ({ name }: Shape): Shape => ({ name });

/** Names, members, firms and tenders as others keep them equal what a rebuild from the streams gives. */
export const projectionsEqualARebuild: Rule = (history) => {
  const identity = eventsOf(history, 'identity');
  const both = { 'identity.OrganisationRegistered': named, 'identity.MembersChanged': named };
  const firm = (): Shape => ({});
  const open = (): Shape => ({ over: false });
  const over = (): Shape => ({ over: true });
  return [
    ...compare(history, 'tenders', 'organisations', rebuilt(identity, both)),
    ...compare(history, 'matching', 'organisations', rebuilt(identity, both)),
    ...compare(history, 'sandbox', 'organisations', rebuilt(identity, { 'identity.OrganisationRegistered': named })),
    ...compare(
      history,
      'notifications',
      'organisations',
      rebuilt(identity, { 'identity.MembersChanged': ({ name, members }) => ({ name, members }) }),
    ),
    ...compare(
      history,
      'matching',
      'firms',
      rebuilt(eventsOf(history, 'profiles'), {
        'profiles.ProfilePublished': firm,
        'profiles.ProfileChanged': firm,
        'profiles.ProfileWithdrawn': () => ({ profile: null }),
      }),
    ),
    ...compare(
      history,
      'matching',
      'tenders',
      rebuilt(eventsOf(history, 'tenders'), {
        'tenders.TenderPublished': open,
        'tenders.TenderAmended': open,
        'tenders.BiddingClosed': over,
        'tenders.TenderCancelled': over,
        'tenders.TenderUnsuccessful': over,
      }),
    ),
  ];
};

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
        const times = profiles.get(organisationId)?.verified?.filter((reference) => reference.id === id).length ?? 0;
        if (times !== 1) miss(`the reference ${id} of ${organisationId} stands ${times} times`, event.subject);
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
