import type { Content, Profile, ProfileFact } from './profile.ts';

/** Name and country are identity's word; the profile only shows them. */
export const nameOrganisation = <C extends Content>(
  { organisation }: Profile<C>,
  { name, country }: { readonly name: string; readonly country: 'DE' | 'RW' },
): readonly ProfileFact<C>[] =>
  organisation?.name === name && organisation.country === country ? [] : [{ type: 'OrganisationNamed', name, country }];
