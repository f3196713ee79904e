import type { NotificationKind } from '@umuhuza/contracts/notifications/schemas';

/** One event told to one organisation. */
export type Telling = {
  readonly organisation: string;
  readonly kind: NotificationKind;
  /** The tender it is about. */
  readonly about?: string | undefined;
  /** The members it had when the event came. */
  readonly people: readonly string[];
};

/** Who is told of an event. `sealed`: those of whom nobody may know that they are, each with the row of the table that says what. */
export type Audience = {
  readonly organisations: readonly string[];
  readonly sealed?: readonly (readonly [organisation: string, row: number])[];
};

/**
 * Who is told of an event, settled once: when the event comes again in a year, nobody is told who joined, or was suggested, meanwhile.
 * The settling function only runs for an event that never came before; what it throws, settles nothing.
 */
export type Tellings = {
  readonly audience: (eventId: string, settle: () => Promise<Audience>) => Promise<Audience>;
  readonly people: (eventId: string, organisation: string, settle: () => Promise<Telling>) => Promise<readonly string[]>;
  /** The same where nobody may know that this organisation is told. */
  readonly sealedPeople: (
    eventId: string,
    organisation: string,
    settle: () => Promise<readonly string[]>,
  ) => Promise<readonly string[]>;
  /** The organisations that were told these kinds of things about this tender. */
  readonly toldOf: (about: string, kinds: readonly NotificationKind[]) => Promise<readonly string[]>;
};
