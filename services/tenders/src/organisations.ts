/** The names of organisations, as identity has told them so far. */
export type Organisations = {
  readonly nameOf: (organisationId: string) => Promise<string | undefined>;
  /** Those that are known, by id. */
  readonly namesOf: (organisationIds: readonly string[]) => Promise<ReadonlyMap<string, string>>;
  /** Keeps a name unless a newer one is kept; `sequence` is that of the event that told it. */
  readonly learn: (organisationId: string, sequence: number, name: string) => Promise<void>;
};
