/** Every way to say no to a description of an organisation. */
export type OrganisationRefusal = 'country-is-fixed' | 'slug-is-fixed';
export type Refused = { readonly refused: OrganisationRefusal };

export const refuse = (refused: OrganisationRefusal): Refused => ({ refused });
