import { sealOwner, sealOwners } from '@umuhuza/service/sealing/bidOwners';
import type { KeyRing } from '@umuhuza/service/sealing/keyRing';
import type { SealOwners } from '../toPublicEvents.ts';

/** Whom to tell of what becomes of a sealed bid: written here, and read by notifications alone. */
export type BidOwners = {
  readonly sealOwner: (tenderId: string, organisation: string) => string;
  readonly sealOwners: SealOwners;
};

export const bidOwners = (ring: KeyRing): BidOwners => ({
  sealOwner: (tenderId, organisation) => sealOwner(ring, tenderId, organisation),
  sealOwners: (tenderId, owners) => sealOwners(ring, tenderId, owners),
});
