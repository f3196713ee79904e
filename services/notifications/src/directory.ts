import type { MemberOfOrganisation } from '@umuhuza/contracts/identity/schemas';

/** A person as identity last told, with the organisation by which it is known. */
export type Person = MemberOfOrganisation & { readonly organisation: string; readonly organisationName: string };

/** Who belongs to which organisation and where mail reaches them, learned from identity. */
export type Directory = {
  /** Keeps what was told unless something newer is known; false when it was not newer. */
  readonly learn: (
    organisation: string,
    sequence: number,
    known: { readonly name: string; readonly members: readonly MemberOfOrganisation[] },
  ) => Promise<boolean>;
  /** Undefined until identity has told of it. */
  readonly organisation: (
    id: string,
  ) => Promise<{ readonly name: string; readonly members: readonly MemberOfOrganisation[] } | undefined>;
  /** The person as a member of this organisation, or of any; undefined when it is none. */
  readonly person: (userId: string, organisation?: string) => Promise<Person | undefined>;
};
