export type Person = { readonly name: string; readonly address: string };

export type Attendee = Person & {
  /** What the calendar says of the attendee’s answer. Nobody is asked for one: the booking itself is the answer. */
  readonly answer: 'accepted' | 'needs-action';
  readonly takes: 'required' | 'optional';
};

/** A thing with a time, as calendars keep it. All instants are RFC 3339. */
export type CalendarEvent = {
  /** The same for its life. */
  readonly uid: string;
  /** Rises with each change; a calendar that gets two versions keeps the higher. */
  readonly sequence: number;
  /** When this version was made (DTSTAMP): the same version is the same file. */
  readonly madeAt: string;
  readonly createdAt?: string | undefined;
  readonly startsAt: string;
  readonly endsAt: string;
  /** IANA zone on whose wall clock it is held. */
  readonly timeZone: string;
  readonly status: 'tentative' | 'confirmed' | 'cancelled';
  readonly summary: string;
  readonly description?: string | undefined;
  readonly location?: string | undefined;
  readonly url?: string | undefined;
  /** Who may change it. An invitation (REQUEST, CANCEL) needs one. */
  readonly organiser?: Person | undefined;
  readonly attendees?: readonly Attendee[] | undefined;
};
