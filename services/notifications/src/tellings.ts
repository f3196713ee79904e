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

/** What an event makes of a tender, as far as invitations to it depend on that; otherwise it has this deadline. */
export type Becomes = 'over' | { readonly deadline: string };

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
  /**
   * Keeps what this event makes of the tender. It is kept before `toldOf` is asked, and `tenderNow` is asked after `people` was settled: so of an
   * end, or an amendment, and an invitation that are told at the same time at least one finds the other.
   */
  readonly note: (eventId: string, about: string, becomes: Becomes) => Promise<void>;
  /** `deadline`: the latest that was noted. */
  readonly tenderNow: (about: string) => Promise<{ readonly isOver: boolean; readonly deadline?: string | undefined }>;
  /** The organisations that were told these kinds of things about this tender. */
  readonly toldOf: (about: string, kinds: readonly NotificationKind[]) => Promise<readonly string[]>;
};
