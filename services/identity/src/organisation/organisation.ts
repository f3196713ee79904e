export type Country = 'DE' | 'RW';
export type Role = 'owner' | 'admin' | 'member';

/** A member as those need it who write to people. */
export type OrganisationMember = {
  readonly userId: string;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly language: 'en' | 'de';
  readonly timeZone: string;
};

/** An organisation as others have been told of it. */
export type Organisation =
  | { readonly status: 'unannounced' }
  | {
      readonly status: 'registered';
      readonly name: string;
      readonly slug: string;
      readonly country: Country;
      /** By user id. */
      readonly members: readonly OrganisationMember[];
    };

export type OrganisationFact =
  | { readonly type: 'OrganisationRegistered'; readonly name: string; readonly slug: string; readonly country: Country }
  | { readonly type: 'MembersChanged'; readonly name: string; readonly members: readonly OrganisationMember[] };

export const unannounced: Organisation = { status: 'unannounced' };

export const evolve = (organisation: Organisation, fact: OrganisationFact): Organisation => {
  switch (fact.type) {
    case 'OrganisationRegistered':
      return { status: 'registered', name: fact.name, slug: fact.slug, country: fact.country, members: [] };
    case 'MembersChanged':
      return organisation.status === 'registered' ? { ...organisation, name: fact.name, members: fact.members } : organisation;
  }
};
