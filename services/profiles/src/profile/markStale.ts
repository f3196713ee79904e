import { type Content, type Profile, type ProfileFact, staleAt } from './profile.ts';

/** Twelve months without a renewal make a published profile stale; time itself decides, whenever the timer came. */
export const markStale = <C extends Content>(profile: Profile<C>, { at }: { readonly at: string }): readonly ProfileFact<C>[] =>
  profile.status === 'published' && Temporal.Instant.compare(at, staleAt(profile.publishedAt)) >= 0
    ? [{ type: 'ProfileWentStale' }]
    : [];
