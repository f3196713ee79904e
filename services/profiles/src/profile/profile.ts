/** What the rules need of a profile's content; the rest passes through untouched. */
export type Content = { readonly summary: string; readonly offers: Capabilities; readonly needs: Capabilities };
type Capabilities = { readonly cpv: readonly string[]; readonly skills: readonly string[] };

/** A reference proven by a contract won, or a test hosted, here. The client is named only where it may be. */
export type VerifiedReference = {
  readonly id: string;
  readonly title: string;
  readonly client?: string;
  readonly year: number;
};

type Known<C extends Content> = {
  /** Null until identity has told who the organisation is. */
  readonly organisation: { readonly name: string; readonly country: 'DE' | 'RW' } | null;
  readonly content: C | null;
  readonly verified: readonly VerifiedReference[];
  /** The ids of references whose award came to nothing, whichever word came first. */
  readonly revoked?: readonly string[];
};
/** Published once, so it has all that others may see. */
type Shown<C extends Content> = Known<C> & {
  readonly organisation: NonNullable<Known<C>['organisation']>;
  readonly content: C;
  readonly publishedAt: string;
};

export type Profile<C extends Content = Content> =
  | ({ readonly status: 'draft' } & Known<C>)
  | ({ readonly status: 'published' } & Shown<C>)
  | ({ readonly status: 'stale' } & Shown<C>)
  | ({ readonly status: 'withdrawn' } & Shown<C>);

export type ProfileFact<C extends Content = Content> =
  | { readonly type: 'OrganisationNamed'; readonly name: string; readonly country: 'DE' | 'RW' }
  | { readonly type: 'ProfileEdited'; readonly content: C }
  | { readonly type: 'ProfilePublished'; readonly at: string }
  | { readonly type: 'ProfileRenewed'; readonly at: string }
  | { readonly type: 'ProfileWentStale' }
  | { readonly type: 'ProfileWithdrawn' }
  | { readonly type: 'ReferenceVerified'; readonly reference: VerifiedReference }
  | { readonly type: 'ReferenceRevoked'; readonly referenceId: string };

/** Every organisation has a profile; before its first word it is an empty draft. */
export const emptyDraft: Profile<never> = { status: 'draft', organisation: null, content: null, verified: [] };

export const evolve = <C extends Content>(profile: Profile<C>, fact: ProfileFact<C>): Profile<C> => {
  switch (fact.type) {
    case 'OrganisationNamed':
      return { ...profile, organisation: { name: fact.name, country: fact.country } };
    case 'ProfileEdited':
      return { ...profile, content: fact.content };
    case 'ProfilePublished':
    case 'ProfileRenewed':
      return profile.organisation && profile.content
        ? { ...profile, status: 'published', organisation: profile.organisation, content: profile.content, publishedAt: fact.at }
        : profile;
    case 'ProfileWentStale':
      return profile.status === 'published' ? { ...profile, status: 'stale' } : profile;
    case 'ProfileWithdrawn':
      return profile.status === 'draft' ? profile : { ...profile, status: 'withdrawn' };
    case 'ReferenceVerified':
      return { ...profile, verified: [...profile.verified, fact.reference] };
    case 'ReferenceRevoked':
      return {
        ...profile,
        verified: profile.verified.filter(({ id }) => id !== fact.referenceId),
        revoked: [...(profile.revoked ?? []), fact.referenceId],
      };
  }
};

/** A published profile counts as stale twelve months after it was published or renewed. */
export const staleAt = (publishedAt: string): string =>
  Temporal.Instant.from(publishedAt)
    .toZonedDateTimeISO('UTC')
    .add({ months: 12 })
    .toInstant()
    .toString({ fractionalSecondDigits: 3 });
