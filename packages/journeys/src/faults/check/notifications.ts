import type { Envelope } from '@umuhuza/contracts/event';
import { idFrom } from '@umuhuza/eventing/cause';
import { collection, eventsOf, type History, isPage, nameOf, type Rule, type Violation } from '../history.ts';
import type { SeenNotification } from './states.ts';

const rule = 'one notification for each event, recipient and channel';

type Party = { readonly organisationId: string };
const buyer = ({ data }: Envelope): string[] => [(data.buyer as Party).organisationId];
const supplier = ({ data }: Envelope): string[] => [String(data.supplier)];
const guest = ({ data }: Envelope): string[] => [String(data.guest)];
const host = ({ data }: Envelope): string[] => [String(data.host)];
const asker = ({ data }: Envelope): string[] => [(data.from as Party).organisationId];
const bidders = ({ data }: Envelope): string[] => data.bidders as string[];
const firms = ({ data }: Envelope): string[] => (data.firms as Party[]).map(({ organisationId }) => organisationId);
const invited = ({ data }: Envelope): string[] => data.firms as string[];

/** The organisations that an event itself names. */
export const mustBeTold: Readonly<Record<string, (event: Envelope) => string[]>> = {
  'tenders.QuestionAsked': buyer,
  'tenders.BiddingClosed': buyer,
  'tenders.BidsOpened': (event) => [...buyer(event), ...bidders(event)],
  'tenders.BidNotOpened': ({ data }) => [String(data.organisationId)],
  'tenders.BidderInformed': ({ data }) => [String(data.organisationId)],
  'tenders.LotAwarded': buyer,
  // Those who are appointed: in a run an organisation's only member.
  'tenders.EvaluatorsAppointed': buyer,
  'tenders.ScoringEnded': buyer,
  'tenders.BuyerReminded': buyer,
  'tenders.AwardLapsed': (event) => [...buyer(event), (event.data.winner as Party).organisationId],
  'tenders.ContractOffered': supplier,
  'tenders.ContractSigned': buyer,
  'tenders.MilestoneSignedOff': (event) => (event.data.by === 'buyer' ? supplier(event) : buyer(event)),
  'tenders.ContractCompleted': (event) => [...buyer(event), ...supplier(event)],
  'tenders.ClarificationAsked': buyer,
  'tenders.ClarificationAnswered': ({ data }) => [String(data.organisationId)],
  'matching.InterestExpressed': ({ data }) => [String(data.to)],
  'matching.InterestAccepted': asker,
  'matching.InterestDeclined': asker,
  'matching.InterestExpired': (event) => [...asker(event), String(event.data.to)],
  'matching.CooperationStarted': ({ data }) => data.organisations as string[],
  'matching.CooperationEnded': ({ data }) => data.organisations as string[],
  'sandbox.BookingRequested': (event) => [...host(event), ...(event.data.confirmation === 'by-hand' ? guest(event) : [])],
  'sandbox.BookingConfirmed': (event) => [...guest(event), ...(event.data.confirmation === 'by-hand' ? host(event) : [])],
  'sandbox.BookingDeclined': (event) => [...guest(event), ...host(event)],
  'sandbox.BookingCancelled': (event) => [...guest(event), ...host(event)],
  'sandbox.BookingRescheduled': (event) => [...guest(event), ...host(event)],
  'sandbox.TesterInvited': (event) => [...guest(event), ...host(event)],
  'sandbox.TesterRemoved': (event) => [...guest(event), ...host(event)],
  'sandbox.BookingCompleted': guest,
  'sandbox.FindingMoved': (event) => (event.data.by === 'guest' ? host(event) : guest(event)),
  'sandbox.TestReportFinished': (event) => [...guest(event), ...host(event)],
  'sandbox.GuestDidNotShow': guest,
  'sandbox.PlaceOffered': guest,
  'sandbox.OfferExpired': guest,
  'sandbox.SlotRescheduled': ({ data }) => ((data.waiting ?? []) as { guest: string }[]).map((entry) => entry.guest),
  'sandbox.WaitlistEnded': guest,
};

/** They are told to none whose turn comes only after the end of the tender, or of its bidding. */
const invitations = ['matching.FirmsMatched', 'tenders.FirmsInvited'];
const nobody = (): string[] => [];
const ends = ['tenders.TenderCancelled', 'tenders.TenderUnsuccessful'];

/** What is known of a tender's audience from all of its events. */
type Known = {
  readonly interested: ReadonlySet<string>;
  readonly bidders: ReadonlySet<string>;
  readonly isEnded: boolean;
  readonly isClosed: boolean;
};
const interested = (_: Envelope, known: Known): string[] => [...known.interested];

/**
 * Events whose audience depends on what was told before them: the service settles it once and keeps it. Who must be in it, and who may,
 * the events of the tender say.
 */
export const settledOnce: Readonly<
  Record<
    string,
    { readonly must: (event: Envelope, known: Known) => string[]; readonly may: (event: Envelope, known: Known) => string[] }
  >
> = {
  // An invitation is pointless once the tender has ended.
  'matching.FirmsMatched': { must: (event, { isEnded }) => (isEnded ? [] : firms(event)), may: firms },
  'tenders.FirmsInvited': { must: (event, { isEnded }) => (isEnded ? [] : invited(event)), may: invited },
  'tenders.TenderAmended': { must: nobody, may: interested },
  'tenders.QuestionAnswered': { must: nobody, may: interested },
  'tenders.QuestionRejected': { must: nobody, may: interested },
  'tenders.TenderCancelled': { must: buyer, may: (event, known) => [...buyer(event), ...known.interested, ...known.bidders] },
  'tenders.TenderUnsuccessful': { must: buyer, may: (event, known) => [...buyer(event), ...known.interested, ...known.bidders] },
};

const channels = ['inbox', 'email'] as const;

/** Organisations of a run have the members they began with, so that those known now are those who were told. */
export const eachIsToldOnce: Rule = (history) => {
  const told = toldIn(history);
  const violations: Violation[] = [];
  for (const [key, ids] of told)
    if (ids.length > 1)
      violations.push({ rule, says: `${ids.length} notifications tell ${key}: ${ids.join(', ')}`, about: subjectOf(key) });

  const members = new Map(
    collection(history, 'notifications', 'organisations').map(({ _id, members: people }) => [
      _id,
      (people as { userId: string }[]).map(({ userId }) => userId),
    ]),
  );
  const audienceOf = audiencesIn(history, (says, about) => violations.push({ rule, says, about }));
  const explained = new Set<string>();
  for (const event of eventsOf(history)) {
    const source = `${event.source.slice(1)}/${event.subject}#${event.sequence}`;
    const { organisations, mayMiss } = audienceOf(event);
    for (const organisation of organisations)
      for (const recipient of members.get(organisation) ?? [])
        for (const channel of channels) {
          const key = `${source} ${recipient} ${channel}`;
          explained.add(key);
          if (!told.has(key) && !mayMiss?.(organisation))
            violations.push({ rule, says: `${nameOf(event)}: nobody told ${key}`, about: event.subject });
        }
  }
  for (const key of told.keys())
    if (!explained.has(key) && !key.startsWith(byTime))
      violations.push({ rule, says: `no event explains why ${key} was told`, about: subjectOf(key) });
  return [...violations, ...suggestedTwice(history)];
};

/** The ids of the notifications, by what they tell whom on which channel. */
const toldIn = (history: History): Map<string, string[]> => {
  const told = new Map<string, string[]>();
  for (const page of collection(history, 'notifications', 'notifications').filter(isPage)) {
    const { recipient, channel } = page.state as SeenNotification;
    const { aggregate, sequences } = page.applied[0] ?? { aggregate: 'nothing', sequences: [] };
    const source = reminderOf(page.state as SeenNotification) ?? `${aggregate}#${sequences[0]}`;
    const key = `${source} ${recipient} ${channel}`;
    told.set(key, [...(told.get(key) ?? []), page._id]);
  }
  return told;
};

const byTime = 'reminder/';

/** What time itself tells, and no event: a reminder of a booking, its start and how long before. */
const reminderOf = ({ told }: SeenNotification): string | undefined => {
  if (told?.kind !== 'booking-reminder') return undefined;
  const { bookingId, startsAt, lead } = told.data as Record<string, string>;
  return `${byTime}${bookingId}/${startsAt}/${lead}`;
};

const suggestionsOf = (history: History): Map<string, string[]> => {
  const suggested = new Map<string, string[]>();
  for (const event of eventsOf(history, 'matching'))
    if (nameOf(event) === 'matching.FirmsMatched')
      suggested.set(event.subject, [...(suggested.get(event.subject) ?? []), ...firms(event)]);
  return suggested;
};

/** A firm is suggested for a tender once, in whatever event. */
const suggestedTwice = (history: History): Violation[] =>
  [...suggestionsOf(history)]
    .filter(([, all]) => new Set(all).size < all.length)
    .map(([tender]) => ({ rule, says: `a firm was suggested twice for the tender ${tender}`, about: tender }));

/**
 * `mayMiss`: its turn may have come only after the end. When that turn came no document tells, only that it did: the service settles whom of an
 * organisation it tells, and then looks whether the tender has ended.
 */
type Told = { readonly organisations: ReadonlySet<string>; readonly mayMiss?: (organisation: string) => boolean };

/** Who an event tells. Where the service had to settle that, what it settled is held against what the events say. */
const audiencesIn = (history: History, miss: (says: string, about: string) => void): ((event: Envelope) => Told) => {
  const settled = new Map(
    collection(history, 'notifications', 'audiences').map(({ _id, organisations }) => [_id, organisations as readonly string[]]),
  );
  const comeTo = new Set(collection(history, 'notifications', 'tellings').map(({ _id }) => _id));
  const suggested = suggestionsOf(history);
  const ofTender = Map.groupBy(eventsOf(history, 'tenders'), ({ subject }) => subject);
  const knownOf = (tender: string): Known => {
    const events = ofTender.get(tender) ?? [];
    const named = (name: string) => events.filter((event) => nameOf(event) === name);
    return {
      interested: new Set([
        ...(suggested.get(tender) ?? []),
        ...named('tenders.FirmsInvited').flatMap(({ data }) => data.firms as string[]),
        ...events.flatMap(({ data }) => (data.followers ?? []) as string[]),
      ]),
      bidders: new Set(named('tenders.BidsOpened').flatMap(bidders)),
      isEnded: events.some((event) => ends.includes(nameOf(event))),
      isClosed: named('tenders.BiddingClosed').length > 0,
    };
  };
  return (event) => {
    const name = nameOf(event);
    const bounds = settledOnce[name];
    if (!bounds) return { organisations: new Set(mustBeTold[name]?.(event)) };
    const audience = settled.get(idFrom({ id: event.id }));
    if (!audience) {
      miss(`${name} ${event.sequence}: it was never settled who is told`, event.subject);
      return { organisations: new Set() };
    }
    const known = knownOf(event.subject);
    const named = [...((event.data.followers as string[] | undefined) ?? []), ...(history.owners?.[event.id] ?? [])];
    const may = new Set([...bounds.may(event, known), ...named]);
    for (const missing of [...bounds.must(event, known), ...named].filter((one) => !audience.includes(one)))
      miss(`${name} ${event.sequence}: ${missing} is not among those who are told`, event.subject);
    for (const stranger of audience.filter((one) => !may.has(one)))
      miss(`${name} ${event.sequence}: ${stranger} is told without a reason`, event.subject);
    return {
      organisations: new Set(audience),
      mayMiss: (organisation) =>
        (known.isEnded || known.isClosed) && invitations.includes(name) && comeTo.has(idFrom({ id: event.id }, organisation)),
    };
  };
};

const subjectOf = (key: string): string => key.slice(key.indexOf('/') + 1, key.lastIndexOf('#'));
