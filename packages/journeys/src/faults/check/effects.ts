import {
  type Command,
  collection,
  eventsOf,
  type History,
  isAcknowledgement,
  nameOf,
  outcomeOf,
  type Rule,
  type Told,
} from '../history.ts';
import {
  bidsIn,
  type SeenEnvironment,
  type SeenInterest,
  type SeenNotification,
  type SeenSlot,
  type SeenTender,
} from './states.ts';

/** The names under which effects are counted: the commands name them, and `effectsOf` finds them again in what is stored. */
export const effect = {
  tender: (title: string) => `tender:${title}`,
  draftEdited: (description: string) => `draft-edited:${description}`,
  published: (tenderId: string) => `published:${tenderId}`,
  question: (question: string) => `question:${question}`,
  answer: (answer: string) => `answer:${answer}`,
  amendment: (reason: string) => `amendment:${reason}`,
  tenderCancelled: (reason: string) => `tender-cancelled:${reason}`,
  /** An event that came of this very command. */
  said: (event: string, commandId: string) => `said:${event}:${commandId}`,
  /** Not counted here: a bid's versions have a rule of their own. */
  bid: (tenderId: string, bidder: string) => `bid:${tenderId}/${bidder}`,
  /** Not counted here either: nothing may be left of a withdrawn bid. */
  bidWithdrawn: (tenderId: string, bidder: string) => `bid-withdrawn:${tenderId}/${bidder}`,
  disqualified: (reason: string) => `disqualified:${reason}`,
  unsuccessful: (reason: string) => `unsuccessful:${reason}`,
  environment: (title: string) => `environment:${title}`,
  slot: (startsAt: string) => `slot:${startsAt}`,
  booking: (product: string) => `booking:${product}`,
  capacity: (slotId: string, capacity: number) => `capacity:${slotId}/${capacity}`,
  declined: (reason: string) => `declined:${reason}`,
  completed: (summary: string) => `completed:${summary}`,
  noShow: (bookingId: string) => `no-show:${bookingId}`,
  confirmed: (bookingId: string) => `confirmed:${bookingId}`,
  moved: (bookingId: string) => `moved:${bookingId}`,
  bookingCancelled: (reason: string) => `booking-cancelled:${reason}`,
  waiting: (product: string) => `waiting:${product}`,
  offerAccepted: (entryId: string) => `offer-accepted:${entryId}`,
  offerDeclined: (entryId: string) => `offer-declined:${entryId}`,
  slotClosed: (reason: string) => `slot-closed:${reason}`,
  profileEdited: (commandId: string) => `profile-edited:${commandId}`,
  profileWithdrawn: (commandId: string) => `profile-withdrawn:${commandId}`,
  profilePublished: (commandId: string) => `profile-published:${commandId}`,
  read: (notificationId: string) => `read:${notificationId}`,
  interest: (message: string) => `interest:${message}`,
  interestAccepted: (interestId: string) => `interest-accepted:${interestId}`,
  interestDeclined: (interestId: string) => `interest-declined:${interestId}`,
  organisation: (slug: string) => `organisation:${slug}`,
};

/** How often each effect stands in what is stored. */
export const effectsOf = (history: History): Map<string, number> => {
  const counts = new Map<string, number>();
  const count = (name: string) => counts.set(name, (counts.get(name) ?? 0) + 1);

  for (const { state } of collection(history, 'tenders', 'tenders')) {
    const tender = state as SeenTender;
    if (tender.terms) {
      count(effect.tender(tender.terms.title));
      count(effect.draftEdited(tender.terms.description));
    }
    for (const { question, answer } of tender.questions ?? []) {
      count(effect.question(question));
      if (answer !== undefined) count(effect.answer(answer));
    }
    for (const { reason } of tender.amendments ?? []) if (reason !== undefined) count(effect.amendment(reason));
    if ((tender.status === 'cancelled' || tender.status === 'dropped') && tender.reason !== undefined)
      count(effect.tenderCancelled(tender.reason));
    for (const { kind, reason } of (tender.opening ?? tender).results ?? [])
      if (kind === 'unsuccessful' && reason !== undefined) count(effect.unsuccessful(reason));
    for (const { disqualifiedBecause } of bidsIn(tender.opening ?? tender))
      if (disqualifiedBecause !== undefined) count(effect.disqualified(disqualifiedBecause));
  }
  for (const { state } of collection(history, 'sandbox', 'environments')) {
    const { content } = state as SeenEnvironment;
    if (content) count(effect.environment(content.title));
  }
  const reported = new Set<string>();
  for (const { _id, state } of collection(history, 'sandbox', 'slots')) {
    const slot = state as SeenSlot;
    if (slot.startsAt) count(effect.slot(slot.startsAt));
    if (slot.status === 'closed' && slot.reason) count(effect.slotClosed(slot.reason));
    if (slot.capacity !== undefined) count(effect.capacity(_id, slot.capacity));
    const accepted = new Set<string | undefined>();
    for (const { id, product, status, bookingId } of slot.waitlist ?? []) {
      count(effect.waiting(product.name));
      if (status === 'declined') count(effect.offerDeclined(id));
      if (status !== 'accepted') continue;
      count(effect.offerAccepted(id));
      accepted.add(bookingId);
    }
    for (const { id, product, status, reason, report } of slot.bookings ?? []) {
      if (!accepted.has(id)) count(effect.booking(product.name));
      if (status === 'cancelled' && reason) count(effect.bookingCancelled(reason));
      if (status === 'declined' && reason) count(effect.declined(reason));
      if (status === 'completed' && report) {
        count(effect.completed(report.summary));
        reported.add(id);
      }
      if (status === 'no-show') count(effect.noShow(id));
    }
  }
  for (const { _id, state } of collection(history, 'matching', 'interests')) {
    const { status, message } = state as SeenInterest;
    if (message !== undefined) count(effect.interest(message));
    if (status === 'accepted' || status === 'introduced') count(effect.interestAccepted(_id));
    if (status === 'declined') count(effect.interestDeclined(_id));
  }
  for (const { _id, state } of collection(history, 'notifications', 'notifications'))
    if (typeof (state as SeenNotification).readAt === 'string') count(effect.read(_id));
  for (const event of eventsOf(history)) {
    const { bookingId, slug } = event.data;
    count(effect.said(nameOf(event), event.causationid));
    switch (nameOf(event)) {
      case 'tenders.TenderPublished':
        count(effect.published(event.subject));
        break;
      case 'sandbox.BookingConfirmed':
        count(effect.confirmed(String(bookingId)));
        break;
      case 'sandbox.GuestDidNotShow':
        // A report may follow and take its place.
        if (reported.has(String(bookingId))) count(effect.noShow(String(bookingId)));
        break;
      case 'sandbox.BookingRescheduled':
        count(effect.moved(String(bookingId)));
        break;
      case 'profiles.ProfileChanged':
        count(effect.profileEdited(event.causationid));
        break;
      case 'profiles.ProfileWithdrawn':
        count(effect.profileWithdrawn(event.causationid));
        break;
      case 'profiles.ProfilePublished':
        count(effect.profilePublished(event.causationid));
        break;
      case 'identity.OrganisationRegistered':
        count(effect.organisation(String(slug)));
        break;
    }
  }
  return counts;
};

const inWords = (commands: readonly Command[]): string =>
  commands
    .map((command) => `#${command.n} ${command.what} ${outcomeOf(command)} (${command.told.map(({ status }) => status)})`)
    .join(', ');

/** Acknowledged: took effect exactly once. Refused: did not. Unanswered: at most once. */
export const commandsTookEffect: Rule = (history) => {
  const found = effectsOf(history);
  const byEffect = Map.groupBy(
    history.commands.filter((command) => !/^bid(-withdrawn)?:/.test(command.effect)),
    (command) => command.effect,
  );
  return [...byEffect].flatMap(([name, commands]) => {
    const times = found.get(name) ?? 0;
    const outcomes = new Set(commands.map(outcomeOf));
    const [least, most] = outcomes.has('acknowledged') ? [1, 1] : outcomes.has('unanswered') ? [0, 1] : [0, 0];
    if (times >= least && times <= most) return [];
    const about = commands.find((command) => command.about !== undefined)?.about;
    const expected = least === most ? `${least}` : `${least} to ${most}`;
    return [
      {
        rule: 'commands take effect as their clients were told',
        says: `${name} stands ${times} times instead of ${expected}: ${inWords(commands)}`,
        ...(about === undefined ? {} : { about }),
      },
    ];
  });
};

/** What no client of a run ever does: a key for two different requests, a request that no contract knows. Then a scene is out of date. */
const neverTold: readonly (string | undefined)[] = ['/problems/key-used-for-another-request', '/problems/invalid-request'];

/** With the key of a tender that was cancelled unopened go the marks by which its bidders' commands are known (decision 310). */
const isUnknownByNow = (history: History, { effect: name, about }: Command): boolean =>
  /^(question|bid|bid-withdrawn):/.test(name) &&
  collection(history, 'tenders', 'tenders').some(
    ({ _id, state }) => _id === about && (state as { readonly status?: unknown }).status === 'cancelled',
  );

/**
 * A repetition long after, when all processes are other ones, is told as much as the first: of old answers a document keeps a bounded
 * part, so that a body may be computed anew, but what was acknowledged stays so, and what was refused stays refused.
 */
export const laterAnswersAreEqual: Rule = (history) =>
  history.commands.flatMap((command) => {
    if (isUnknownByNow(history, command)) return [];
    const { told, toldLater } = command;
    const first = told.find(isAcknowledgement) ?? told[0];
    if (!first || !toldLater || (toldLater.status === first.status && toldLater.problem === first.problem)) return [];
    return [
      {
        rule: 'a repetition at the end of the run gets the first answer',
        says: `#${command.n} ${command.what} was told ${first.status} ${first.problem ?? ''} and later ${toldLater.status} ${toldLater.problem ?? ''}`,
        ...(command.about === undefined ? {} : { about: command.about }),
      },
    ];
  });

/**
 * All answers to one command are the first one, and equal requests sent at once are one command: where one is acknowledged, no other is
 * refused.
 */
export const answersAreEqual: Rule = ({ commands }) =>
  commands.flatMap((command) => {
    const { told, toldAgain } = command;
    const first = told.find(isAcknowledgement);
    const others = first ? [...told, ...toldAgain] : [];
    const other =
      [...told, ...toldAgain].find(({ problem }) => neverTold.includes(problem)) ??
      others.find(({ status, body }) => status !== first?.status || body !== first.body);
    if (!other) return [];
    const { status, body } = first ?? (told[0] as Told);
    return [
      {
        rule: 'a repetition gets the first answer',
        says: `#${command.n} ${command.what} was told ${status} (${body}) and also ${other.status} ${other.problem ?? ''} (${other.body})`,
        ...(command.about === undefined ? {} : { about: command.about }),
      },
    ];
  });
