import {
  type Command,
  collection,
  eventsOf,
  type History,
  nameOf,
  type Outcome,
  outcomeOf,
  type Rule,
  type Violation,
} from '../history.ts';
import { effect } from './effects.ts';
import { bidsIn, type SeenBid, type SeenCalendar, type SeenSlot, type SeenTender } from './states.ts';

/** Confirmed and held never exceed the capacity, and no company holds two places in one slot. */
export const noSlotIsOverfull: Rule = (history) =>
  collection(history, 'sandbox', 'slots').flatMap(({ _id, state }) => {
    const { capacity = 0, bookings = [], waitlist = [], holds = [], arrivals = [] } = state as SeenSlot;
    const holding = bookings.filter(({ status }) => status !== 'declined' && status !== 'cancelled');
    const taken =
      holding.length +
      waitlist.filter(({ status }) => status === 'offered').length +
      holds.filter(({ status }) => status === 'held').length +
      arrivals.reduce((sum, arrival) => sum + arrival.bookings.length, 0);
    const guests = holding.map(({ guest }) => guest.organisationId);
    const rule = 'no slot is over capacity';
    return [
      ...(taken > capacity ? [{ rule, says: `${taken} places of ${capacity} are taken in the slot ${_id}`, about: _id }] : []),
      ...(new Set(guests).size < guests.length
        ? [{ rule, says: `a company holds two places in the slot ${_id}`, about: _id }]
        : []),
    ];
  });

/**
 * A slot has all the resources it needs or none: what a host's calendar has settled is what its slots stand on, and never more at once than
 * there is. What is not settled yet belongs to requests that nobody has finished.
 */
export const calendarsHoldWhatSlotsStandOn: Rule = (history) => {
  const rule = 'slots stand on what is reserved for them';
  const slots = new Map(collection(history, 'sandbox', 'slots').map(({ _id, state }) => [_id, state as SeenSlot]));
  const calendars = collection(history, 'sandbox', 'resources').map(({ _id, state }) => ({
    host: _id,
    ...(state as SeenCalendar),
  }));
  const reserved = new Set(calendars.flatMap(({ reservations = [] }) => reservations.map(({ id }) => id)));
  const needsIt = ({ status, bookings = [] }: SeenSlot) =>
    status === 'open' || bookings.some((one) => one.status === 'requested' || one.status === 'confirmed');
  const unheld = [...slots]
    .filter(([, slot]) => slot.reservationId !== undefined && needsIt(slot) && !reserved.has(slot.reservationId))
    .map(([id]) => ({ rule, says: `the slot ${id} stands on a reservation that its host's calendar has not`, about: id }));
  const unused = calendars.flatMap(({ reservations = [] }) =>
    reservations.flatMap(({ id, slotId, settleAt }) => {
      const slot = slots.get(slotId);
      return settleAt !== null || (slot && slot.reservationId === id && needsIt(slot))
        ? []
        : [{ rule, says: `the reservation ${id} is kept, and the slot ${slotId} does not stand on it`, about: slotId }];
    }),
  );
  const overused = calendars.flatMap(({ host, resources = [], reservations = [] }) =>
    resources.flatMap(({ id, quantity }) => {
      const uses = reservations.flatMap(({ startsAt, freeAt, needs }) =>
        needs
          .filter(({ resourceId }) => resourceId === id)
          .flatMap((need) => [
            { at: Date.parse(startsAt), change: need.quantity },
            { at: Date.parse(freeAt), change: -need.quantity },
          ]),
      );
      // What ends where another begins is free for it.
      uses.sort((one, other) => one.at - other.at || one.change - other.change);
      let used = 0;
      const most = uses.reduce((peak, { change }) => {
        used += change;
        return Math.max(peak, used);
      }, 0);
      return most > quantity
        ? [{ rule, says: `${most} of ${quantity} of ${id} of the host ${host} are used at once`, about: host }]
        : [];
    }),
  );
  return [...unheld, ...unused, ...overused];
};

const awardOrLapse = ['tenders.LotAwarded', 'tenders.AwardLapsed'];

/** In the tender and in what was said of it. */
export const eachLotIsAwardedOnce: Rule = (history) => {
  const rule = 'one award a lot';
  const told = eventsOf(history, 'tenders').filter((event) => awardOrLapse.includes(nameOf(event)));
  const said = Map.groupBy(
    told.toSorted((one, other) => one.sequence - other.sequence),
    ({ subject, data }) => `${subject}/${data.lotId}`,
  );
  const stored = collection(history, 'tenders', 'tenders').flatMap(({ _id, state }) => {
    const tender = state as SeenTender;
    const awards = ((tender.opening ?? tender).results ?? []).filter(({ kind }) => kind === 'awarded');
    return awards.map(({ lotId, winner }) => ({ lot: `${_id}/${lotId}`, tender: _id, winner }));
  });
  const byLot = Map.groupBy(stored, ({ lot }) => lot);
  return [
    ...[...byLot].flatMap(([lot, awards]) =>
      awards.length > 1 ? [{ rule, says: `${lot} is awarded ${awards.length} times`, about: awards[0]?.tender ?? lot }] : [],
    ),
    ...[...said].flatMap(([lot, events]) => {
      // Awarded, and again only after that came to nothing: it declined, or the buyer noted its withdrawal.
      const inTurn = events.every((event, n) => nameOf(event) === awardOrLapse[n % 2]);
      const last = events.at(-1);
      const winner = last && nameOf(last) === awardOrLapse[0] ? (last.data.winner as { organisationId?: string }) : undefined;
      return inTurn && byLot.get(lot)?.[0]?.winner === winner?.organisationId
        ? []
        : [
            {
              rule,
              says: `of ${lot} is told: ${events.map(nameOf).join(', ')}; it is awarded to ${byLot.get(lot)?.[0]?.winner}`,
              about: last?.subject ?? lot,
            },
          ];
    }),
  ];
};

const bidsOf = (tender: SeenTender): SeenBid[] => {
  const known = tender.opening ?? tender;
  return [...bidsIn(known), ...(known.unopened ?? [])];
};

/**
 * Every receipt is honoured by the stored bid or a later version of it, what it says is kept, and none came after the deadline. Of a tender
 * whose bids are still sealed no document tells who gave which: there the bids are as many as their bidders, and hold what was taken.
 */
export const noBidIsLostOrLate: Rule = (history) => {
  const tenders = new Map(collection(history, 'tenders', 'tenders').map(({ _id, state }) => [_id, state as SeenTender]));
  const contents = new Set(collection(history, 'tenders', 'bidContents').map(({ _id }) => _id));
  return [...tenders].flatMap(([id, tender]) => {
    // A bid that was not opened before a cancellation has been deleted unread.
    if (tender.status === 'cancelled' && !tender.opening) return [];
    return [...late(id, tender), ...withoutContent(id, tender, contents), ...lost(history, id, tender)];
  });
};

const rule = 'no bid is lost or late';

const late = (id: string, tender: SeenTender): Violation[] => {
  const deadline = tender.terms?.deadline;
  if (deadline === undefined) return [];
  return bidsOf(tender)
    .filter(({ submittedAt }) => Temporal.Instant.compare(submittedAt, deadline) > 0)
    .map(({ bidId, submittedAt }) => ({ rule, says: `the bid ${bidId} came at ${submittedAt}, after ${deadline}`, about: id }));
};

const withoutContent = (id: string, tender: SeenTender, contents: ReadonlySet<string>): Violation[] =>
  bidsIn(tender.opening ?? tender)
    .filter(({ contentId }) => !contents.has(contentId))
    .map(({ bidId, contentId }) => ({ rule, says: `what the bid ${bidId} says (${contentId}) is gone`, about: id }));

const isSealed = ({ status }: SeenTender): boolean => status === 'published' || status === 'closed';

const lost = (history: History, id: string, tender: SeenTender): Violation[] => {
  const prefix = effect.bid(id, '');
  const commands = Map.groupBy(
    history.commands.filter((command) => command.effect.startsWith(prefix)),
    (command) => command.effect.slice(prefix.length),
  );
  const withdrawals = withdrawn(history, id);
  for (const [bidder, outcome] of withdrawals) if (outcome === 'acknowledged') commands.delete(bidder);
  if (isSealed(tender)) return [...withdrawals.values()].includes('unanswered') ? [] : lostSealed(id, tender, commands);
  const stored = new Map(bidsOf(tender).map((bid) => [bid.bidder, bid]));
  const violations: Violation[] = [];
  for (const [bidder, sent] of commands) {
    const unanswered = sent.filter((command) => outcomeOf(command) === 'unanswered').length;
    const receipts = sent.flatMap(({ receipt }) => (receipt ? [receipt] : [])).sort((a, b) => a.version - b.version);
    const newest = receipts.at(-1);
    const bid = stored.get(bidder);
    if (!bid && withdrawals.get(bidder) === 'unanswered') continue;
    const say = (says: string) => violations.push({ rule, says: `${bidder}: ${says}`, about: id });
    if (new Set(receipts.map(({ version }) => version)).size < receipts.length) say('two submissions got the same version');
    if (newest && (bid?.version ?? 0) < newest.version)
      say(`version ${newest.version} was acknowledged, ${bid?.version ?? 'none'} is kept`);
    if (bid && bid.version > (newest?.version ?? 0) + unanswered)
      say(`version ${bid.version} is kept, but nobody was told it was taken`);
    if (bid && newest && bid.version === newest.version && bid.digest !== newest.digest)
      say(`version ${bid.version} is kept with another content than was acknowledged`);
  }
  for (const bidder of stored.keys())
    if (!commands.has(bidder)) violations.push({ rule, says: `${bidder} has a bid it never sent, or took back`, about: id });
  return violations;
};

/** What bidders were told that took their bid back; after that none of them sends another one. */
const withdrawn = (history: History, id: string): Map<string, Outcome> => {
  const prefix = effect.bidWithdrawn(id, '');
  return new Map(
    history.commands
      .filter((command) => command.effect.startsWith(prefix))
      .map((command) => [command.effect.slice(prefix.length), outcomeOf(command)]),
  );
};

/** Held against the sent commands without knowing whose a sealed bid is. */
const lostSealed = (id: string, tender: SeenTender, commands: ReadonlyMap<string, readonly Command[]>): Violation[] => {
  const stored = bidsOf(tender)
    .map(({ version }) => version)
    .sort((a, b) => b - a);
  const taken = [...commands.values()]
    .map((sent) => Math.max(0, ...sent.flatMap(({ receipt }) => receipt?.version ?? [])))
    .sort((a, b) => b - a);
  const say = (says: string) => ({ rule, says, about: id });
  return [
    ...(stored.length > commands.size ? [say(`${stored.length} sealed bids are kept, ${commands.size} firms sent one`)] : []),
    // The n-th highest version that was acknowledged needs a bid at least as high in the n-th place.
    ...taken.flatMap((version, place) =>
      version > (stored[place] ?? 0)
        ? [say(`version ${version} was acknowledged, of the sealed bids ${stored[place] ?? 'none'} is kept`)]
        : [],
    ),
  ];
};
