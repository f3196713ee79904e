import type { Membership } from '@umuhuza/contracts/identity/schemas';

/**
 * The organisation a person acts for: the chosen one while the person still belongs to it, otherwise the only one there is. With
 * several and none chosen it is nobody's guess: the person has to choose.
 */
export const actingFor = (memberships: readonly Membership[], chosen: string | null | undefined): Membership | undefined =>
  memberships.find(({ organisationId }) => organisationId === chosen) ?? (memberships.length === 1 ? memberships[0] : undefined);
