import type { OwnProfile, ProfileContent, PublicProfile, Reference } from '@umuhuza/contracts/profiles/schemas';
import { type Profile, staleAt, type VerifiedReference } from './profile/profile.ts';

type AnyProfile = Profile<ProfileContent>;
export type ShownProfile = Exclude<AnyProfile, { status: 'draft' }>;

const verified = (references: readonly VerifiedReference[]): Reference[] =>
  references.map((reference) => ({ ...reference, status: 'verified' }));

/** What everybody sees; verified references come first. */
export const toPublicProfile = (
  organisationId: string,
  { organisation, content, verified: proven, publishedAt }: ShownProfile,
): PublicProfile => ({
  organisationId,
  name: organisation.name,
  country: organisation.country,
  ...content,
  references: [
    ...verified(proven),
    ...content.references.map((reference, n) => ({ id: `claimed-${n + 1}`, ...reference, status: 'claimed' as const })),
  ],
  publishedAt,
});

/** What the company sees of its own. */
export const toOwnProfile = (organisationId: string, profile: AnyProfile): OwnProfile => ({
  organisationId,
  name: profile.organisation?.name ?? null,
  country: profile.organisation?.country ?? null,
  status: profile.status,
  content: profile.content,
  verifiedReferences: verified(profile.verified),
  publishedAt: profile.status === 'draft' ? null : profile.publishedAt,
  staleAt: profile.status === 'published' ? staleAt(profile.publishedAt) : null,
});
