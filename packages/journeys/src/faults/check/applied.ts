import type { Envelope } from '@umuhuza/contracts/event';
import { idFrom } from '@umuhuza/eventing/cause';
import { eventsOf, type History, isPage, nameOf, type Page, type Rule } from '../history.ts';

/** The document that remembers that an event was applied: its collection and its id. */
type Memory = readonly [collection: string, id: string];
type Remembers = (event: Envelope) => Memory | undefined;

type Origin = { readonly kind: string; readonly id: string };
type Winner = { readonly organisationId: string };
const winner = ({ data }: Envelope): string => (data.winner as Winner).organisationId;

const ends = ['tenders.BiddingClosed', 'tenders.TenderCancelled', 'tenders.TenderUnsuccessful'];
/** Drawn or not, that it came is remembered with whom it was told to. */
const drawn: Remembers = ({ subject }) => ['tenderMatches', subject];

/** What each service hears and remembers in a document of its own. What it only projects, and what it tells, other rules look at. */
export const remembering: Readonly<Record<string, Readonly<Record<string, Remembers>>>> = {
  tenders: { 'matching.FirmsMatched': ({ subject }) => ['tenders', subject] },
  profiles: {
    'identity.OrganisationRegistered': ({ subject }) => ['profiles', subject],
    'tenders.LotAwarded': (event) => ['profiles', winner(event)],
    'tenders.AwardLapsed': (event) => ['profiles', winner(event)],
    'sandbox.TestReportFinished': ({ data }) => ['profiles', String(data.host)],
  },
  sandbox: {
    // What a slot stood on is settled by asking the slot, as often as somebody asks: there is nothing to remember.
    'sandbox.SlotClosed': () => undefined,
    'sandbox.SlotRescheduled': () => undefined,
    // The same with what slips past a description.
    'sandbox.EnvironmentChanged': () => undefined,
    'sandbox.SlotOpened': () => undefined,
    'sandbox.BookingCompleted': ({ data }) => ['reports', String(data.bookingId)],
  },
  matching: {
    'tenders.TenderPublished': drawn,
    'tenders.TenderAmended': drawn,
    ...Object.fromEntries(ends.map((name) => [name, drawn])),
    'tenders.LotAwarded': (event) => ['cooperations', idFrom({ id: `award/${event.subject}` }, winner(event))],
    'tenders.AwardLapsed': (event) => ['cooperations', idFrom({ id: `award/${event.subject}` }, winner(event))],
    'matching.InterestAccepted': ({ subject }) => ['cooperations', idFrom({ id: `interest/${subject}` })],
    'matching.CooperationStarted': ({ data }) => {
      const { kind, id } = data.origin as Origin;
      return kind === 'interest' ? ['interests', id] : undefined;
    },
  },
};

const includes = (ranges: readonly number[], n: number): boolean =>
  ranges.some((from, at) => at % 2 === 0 && from <= n && n <= (ranges[at + 1] ?? from));

/** Each event is among those that the document it concerns has applied, at each service that hears it. */
export const eventsAreRemembered: Rule = (history) => {
  const events = eventsOf(history);
  return Object.entries(remembering).flatMap(([service, hears]) => {
    const pages = pagesByName(history, service);
    return events.flatMap((event) => {
      const memory = hears[nameOf(event)]?.(event);
      if (!memory) return [];
      const [name, id] = memory;
      const source = `${event.source.slice(1)}/${event.subject}`;
      const applied = pages.get(`${name}/${id}`)?.applied.find(({ aggregate }) => aggregate === source);
      return applied && includes(applied.sequences, event.sequence)
        ? []
        : [
            {
              rule: 'every subscriber applied every event',
              says: `${service}.${name} ${id} has not applied ${nameOf(event)} ${event.sequence} of ${source}`,
              about: event.subject,
            },
          ];
    });
  });
};

/** The documents of a service's books by collection and id. */
const pagesByName = (history: History, service: string): Map<string, Page> =>
  new Map(
    Object.entries(history.databases[service] ?? {}).flatMap(([name, documents]) =>
      documents.filter(isPage).map((page) => [`${name}/${page._id}`, page] as const),
    ),
  );
