import type { EventData } from '@umuhuza/contracts/catalogue';
import type { NotificationKind } from '@umuhuza/contracts/notifications/schemas';
import type { Money } from '@umuhuza/contracts/values';

type Tender = { readonly title: string };
/** `lot`: its title, where the tender has more than one. */
type Lot = Tender & { readonly lot?: string | undefined };
/** Where the platform itself gives the reason, what it says; otherwise somebody wrote `reason`. */
type Because = Pick<EventData<'tenders.LotAwarded'>, 'because' | 'how'>;
type Question = Tender & { readonly question: string };
type Slot = { readonly title: string; readonly startsAt: string; readonly endsAt: string; readonly place: string };
/** A booking as a calendar needs it; those told by earlier versions lack it. */
export type BookingEntry = {
  readonly uid: string;
  readonly sequence: number;
  readonly status: 'tentative' | 'confirmed' | 'cancelled';
  readonly timeZone: string;
  readonly host: string;
  readonly guest: string;
  readonly city: string;
  readonly address?: string | undefined;
  /** Whom the guest brings along; only where the reader may know them. */
  readonly testers?: readonly { readonly name: string; readonly address: string }[] | undefined;
};
type Booking = Slot & { readonly product: string; readonly calendar?: BookingEntry | undefined };
type Test = { readonly title: string; readonly product: string };
type Reason = { readonly reason?: string | undefined };

/** What the text of each kind is made of; as the event carried it, so that nobody has to be asked back. */
export type ToldData = {
  'tender-matched': Tender & {
    readonly deadline: string;
    readonly reasons: readonly string[];
    /** Those told by earlier versions lack it. */
    readonly reasonsInGerman?: readonly string[];
  };
  'tender-invited': Tender & { readonly deadline: string };
  /** `ownBid`: to the owner of a sealed bid, which has lost its worth or is deleted. */
  'tender-amended': Tender & { readonly deadline: string; readonly confirmBids: boolean; readonly ownBid?: boolean } & Reason;
  'tender-cancelled': Tender & { readonly reason: string; readonly ownBid?: boolean };
  'tender-unsuccessful': Tender & { readonly reason: string } & Because;
  'question-asked': Question;
  'question-answered': Question & { readonly answer: string };
  'question-rejected': Question & { readonly reason: string };
  'bidding-closed': Tender & { readonly openQuestions: number };
  'bids-opened': Tender & { readonly bids: number; readonly as: 'buyer' | 'bidder' };
  'bid-not-opened': Tender;
  'award-outcome': Lot &
    Pick<
      EventData<'tenders.BidderInformed'>,
      'outcome' | 'rank' | 'score' | 'of' | 'winningScore' | 'reason' | 'because' | 'how' | 'said' | 'code'
    >;
  'lot-awarded': Lot & Pick<EventData<'tenders.LotAwarded'>, 'value' | 'reason' | 'because' | 'how' | 'rank' | 'score'>;
  'buyer-reminded': Tender &
    Pick<EventData<'tenders.BuyerReminded'>, 'since' | 'openQuestions' | 'undecidedLots' | 'lots' | 'openClarifications'>;
  'evaluators-appointed': Tender;
  'scoring-ended': Tender & Reason;
  'award-lapsed': Lot & {
    readonly how: 'declined' | 'withdrawn';
    readonly reason: string;
    readonly as: 'buyer' | 'winner';
  };
  'contract-offered': Lot;
  'contract-signed': Lot & { readonly value: Money };
  'milestone-signed-off': Lot;
  'contract-completed': Lot;
  'clarification-asked': Lot;
  'clarification-answered': Lot;
  'interest-expressed': { readonly message?: string | undefined; readonly expiresAt?: string | undefined };
  'interest-accepted': Reason;
  'interest-declined': Reason;
  'interest-expired': { readonly as: 'asking' | 'asked' };
  'cooperation-started': { readonly title?: string | undefined; readonly origin: 'interest' | 'award' };
  'cooperation-ended': { readonly title?: string | undefined; readonly reason: string };
  'booking-requested': Booking & {
    readonly confirmation: 'by-hand' | 'automatic';
    readonly inConflict?: boolean;
    /** Nothing else is in the way: the host's calendar takes no more slots. */
    readonly isFull?: boolean;
    readonly as?: 'guest' | 'host';
  };
  'booking-confirmed': Booking & { readonly as?: 'guest' | 'host' };
  'booking-declined': Booking & Reason & { readonly by?: 'guest' | 'host' | 'platform'; readonly as?: 'guest' | 'host' };
  'booking-cancelled': Booking & Reason & { readonly by: 'guest' | 'host' | 'platform'; readonly as: 'guest' | 'host' };
  'booking-rescheduled': Booking &
    Reason & {
      readonly previous: { readonly startsAt: string; readonly endsAt: string };
      readonly by: 'guest' | 'host';
      readonly as: 'guest' | 'host';
    };
  'seats-changed': Booking & { readonly seats: number; readonly as: 'guest' | 'host' };
  'tester-invited': Booking & { readonly certain: boolean; readonly host: string };
  'tester-removed': Booking;
  'booking-reminder': Booking & { readonly lead: 'day' | 'hour' | 'report'; readonly bookingId: string };
  'booking-completed': Booking & { readonly summary: string; readonly findings: number };
  'finding-moved': Test & { readonly status: 'new' | 'approved' | 'rejected' | 'information-asked' | 'disputed' | 'settled' };
  'report-finished': Test & { readonly as: 'guest' | 'host' };
  'guest-did-not-show': Booking;
  'place-offered': Booking & { readonly until: string };
  'offer-expired': Booking;
  /** `until`: a place is held for it until then. */
  'waitlist-rescheduled': Booking &
    Reason & { readonly previous: { readonly startsAt: string; readonly endsAt: string }; readonly until?: string | undefined };
  'waitlist-ended': Booking & { readonly because: 'begun' | 'closed' };
};

/** These invite to a tender: they are not told once it is over, and with the latest deadline that is known. */
export const invitations = ['tender-matched', 'tender-invited'] as const satisfies readonly NotificationKind[];

/** The organisation on the other side, by the name it had then. */
export type Counterpart = { readonly organisationId: string; readonly name: string };

type Of<K extends NotificationKind> = { readonly kind: K; readonly data: ToldData[K] };

/** What one notification tells. `link` is a path on the portal. */
export type Told<K extends NotificationKind = NotificationKind> = {
  [Kind in K]: Of<Kind> & {
    readonly other: Counterpart | null;
    readonly link: string;
    /** Somebody without an account, by the address the event gave: one mail and nothing else. */
    readonly addressee?: Addressee;
    readonly entry?: WaitlistEntry;
  };
}[K];

/** The place in a waitlist that it is about, as of this event of its slot. Those told by earlier versions lack it. */
export type WaitlistEntry = { readonly id: string; readonly sequence: number };

/** What an event tells, before the name on the other side is looked up where the event did not carry it. */
export type ToTell<K extends NotificationKind = NotificationKind> = {
  [Kind in K]: Of<Kind> & {
    readonly to: Receiver;
    readonly other?: { readonly organisationId: string; readonly name?: string | undefined };
    readonly link: string;
    /** Told to these of the organisation's members only, by their user ids. */
    readonly only?: readonly string[];
    /** Kept so that nobody can tell who was told this: some of those who are told of the event are known to nobody else. */
    readonly sealed?: boolean;
    /** The id of the place in a waitlist that it is about. */
    readonly ofEntry?: string;
  };
}[K];

/** What an event tells somebody without an account; `of` is the organisation that brought them in. */
export type ToTellAddressee<K extends NotificationKind = NotificationKind> = {
  [Kind in K]: Of<Kind> & { readonly addressee: Addressee; readonly of: string; readonly other: Counterpart | null };
}[K];

/** A person whom an organisation brought in by name and address. */
export type Addressee = { readonly id: string; readonly name: string; readonly address: string };

/** An organisation, all that were told these kinds of things of the same tender before, or the owners of its bids, as an event seals them. */
export type Receiver = string | { readonly toldBefore: readonly NotificationKind[] } | { readonly owners: string };
