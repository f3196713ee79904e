/** The names of organisations, as identity has told them so far. */
export type Organisations = {
  readonly nameOf: (organisationId: string) => Promise<string | undefined>;
  /** Those that are known, by id. */
  readonly namesOf: (organisationIds: readonly string[]) => Promise<ReadonlyMap<string, string>>;
  /** The user ids of its members. */
  readonly membersOf: (organisationId: string) => Promise<readonly string[]>;
  /** The organisations that this person is a member of. */
  readonly ofMember: (userId: string) => Promise<readonly string[]>;
  /** Keeps what an event told unless something newer is kept; `sequence` is that of the event. */
  readonly learn: (
    organisationId: string,
    sequence: number,
    told: { readonly name: string; readonly members: readonly string[] },
  ) => Promise<void>;
};
