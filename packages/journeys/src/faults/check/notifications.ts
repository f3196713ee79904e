import type { Envelope } from '@umuhuza/contracts/event';
import { collection, eventsOf, isPage, nameOf, type Rule, type Violation } from '../history.ts';
import type { SeenNotification } from './states.ts';

const rule = 'one notification for each event, recipient and channel';

type Party = { readonly organisationId: string };
const buyer = ({ data }: Envelope): string[] => [(data.buyer as Party).organisationId];
const guest = ({ data }: Envelope): string[] => [String(data.guest)];
const host = ({ data }: Envelope): string[] => [String(data.host)];
const asker = ({ data }: Envelope): string[] => [(data.from as Party).organisationId];

/** The organisations that an event itself says are told; those told because of what came before are added to them. */
const mustBeTold: Readonly<Record<string, (event: Envelope) => string[]>> = {
  'tenders.QuestionAsked': buyer,
  'tenders.BiddingClosed': buyer,
  'tenders.BidsOpened': (event) => [...buyer(event), ...(event.data.bidders as string[])],
  'tenders.BidderInformed': ({ data }) => [String(data.organisationId)],
  'tenders.LotAwarded': buyer,
  'tenders.TenderCancelled': buyer,
  'tenders.TenderUnsuccessful': buyer,
  'matching.InterestExpressed': ({ data }) => [String(data.to)],
  'matching.InterestAccepted': asker,
  'matching.InterestDeclined': asker,
  'matching.InterestExpired': (event) => [...asker(event), String(event.data.to)],
  'matching.CooperationStarted': ({ data }) => data.organisations as string[],
  'sandbox.BookingRequested': host,
  'sandbox.BookingConfirmed': guest,
  'sandbox.BookingDeclined': guest,
  'sandbox.BookingCancelled': (event) => [...guest(event), ...host(event)],
  'sandbox.BookingCompleted': guest,
  'sandbox.GuestDidNotShow': guest,
  'sandbox.PlaceOffered': guest,
  'sandbox.OfferExpired': guest,
  'sandbox.WaitlistEnded': guest,
};

/** Who is told besides depends on who was told before; these events may tell anybody, but each once. */
const mayTellMore = [
  'matching.FirmsMatched',
  'tenders.TenderAmended',
  'tenders.QuestionAnswered',
  'tenders.QuestionRejected',
  'tenders.TenderCancelled',
  'tenders.TenderUnsuccessful',
];

const channels = ['inbox', 'email'] as const;

/** Organisations of a run have the members they began with, so that those known now are those who were told. */
export const eachIsToldOnce: Rule = (history) => {
  const members = new Map(
    collection(history, 'notifications', 'organisations').map(({ _id, members: people }) => [
      _id,
      (people as { userId: string }[]).map(({ userId }) => userId),
    ]),
  );
  const told = new Map<string, string[]>();
  for (const page of collection(history, 'notifications', 'notifications').filter(isPage)) {
    const { recipient, channel } = page.state as SeenNotification;
    const { aggregate, sequences } = page.applied[0] ?? { aggregate: 'nothing', sequences: [] };
    const key = `${aggregate}#${sequences[0]} ${recipient} ${channel}`;
    told.set(key, [...(told.get(key) ?? []), page._id]);
  }

  const violations: Violation[] = [];
  for (const [key, ids] of told)
    if (ids.length > 1)
      violations.push({ rule, says: `${ids.length} notifications tell ${key}: ${ids.join(', ')}`, about: subjectOf(key) });

  const open = new Set<string>();
  const explained = new Set<string>();
  for (const event of eventsOf(history)) {
    const name = nameOf(event);
    const source = `${event.source.slice(1)}/${event.subject}#${event.sequence}`;
    if (mayTellMore.includes(name)) open.add(source);
    for (const organisation of new Set(mustBeTold[name]?.(event)))
      for (const recipient of members.get(organisation) ?? [])
        for (const channel of channels) {
          const key = `${source} ${recipient} ${channel}`;
          explained.add(key);
          if (!told.has(key)) violations.push({ rule, says: `${name}: nobody told ${key}`, about: event.subject });
        }
  }
  for (const key of told.keys())
    if (!explained.has(key) && !open.has(key.slice(0, key.indexOf(' '))))
      violations.push({ rule, says: `no event explains why ${key} was told`, about: subjectOf(key) });
  return violations;
};

const subjectOf = (key: string): string => key.slice(key.indexOf('/') + 1, key.lastIndexOf('#'));
