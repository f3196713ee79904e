import type { ProfileContent, PublicProfile } from '@umuhuza/contracts/profiles/schemas';
import type { Book } from '@umuhuza/eventing/book';
import type { Profile, ProfileFact } from './profile/profile.ts';
import type { ProfileRefusal } from './profile/refusals.ts';

export type ProfileFilter = {
  readonly country?: 'DE' | 'RW' | undefined;
  readonly skill?: string | undefined;
  /** Those that name it, a code below it, or one above it, which takes it in. */
  readonly cpv?: string | undefined;
  /** A part of the name. */
  readonly q?: string | undefined;
};
export type ProfilePage = { readonly items: PublicProfile[]; readonly next: string | null };

/** The profiles by organisation. */
export type ProfileBook = Pick<
  Book<Profile<ProfileContent>, ProfileFact<ProfileContent>, ProfileRefusal>,
  'find' | 'change' | 'outbox'
> & {
  /** Published and stale profiles by name. The cursor is opaque; one that is not ours is a named value, never an error. */
  readonly list: (filter: ProfileFilter, limit: number, cursor: string | undefined) => Promise<ProfilePage | 'unknown-cursor'>;
  /** What those of these organisations are called whose profile is published or stale. */
  readonly names: (organisations: readonly string[]) => Promise<Pick<PublicProfile, 'organisationId' | 'name'>[]>;
  /** Organisations whose published profile was due to go stale at this instant. */
  readonly dueToGoStale: (at: string, limit: number) => Promise<string[]>;
};
