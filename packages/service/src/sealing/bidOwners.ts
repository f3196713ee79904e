import { z } from 'zod';
import type { KeyRing } from './keyRing.ts';
import { openText, sealText } from './sealedText.ts';

/**
 * Who owns the sealed bids of a tender, for who has to tell them of what becomes of these and for nobody else. An owner is sealed by itself when
 * it bids, and lies so with its bid; all of them are sealed once more for an event, so that no two events show the same. Who makes the list
 * opens nothing.
 */
const aboutOwner = (tenderId: string) => ['owner', tenderId];
const aboutOwners = (tenderId: string) => ['owners', tenderId];

/** Bytes: the longest id fits in. */
const ownerLength = 72;
/** Bytes: of some hundred owners, or none. With more it is twice as long, or four times … */
const listLength = 16 * 1_024;

export const sealOwner = (ring: KeyRing, tenderId: string, organisation: string): string =>
  sealText(ring, aboutOwner(tenderId), organisation, ownerLength);

export const sealOwners = (ring: KeyRing, tenderId: string, owners: readonly string[]): string =>
  sealText(ring, aboutOwners(tenderId), owners, listLength);

export const openOwner = (ring: KeyRing, tenderId: string, owner: string): string =>
  z.string().parse(openText(ring, aboutOwner(tenderId), owner));

/** Throws `CannotUnseal` for what another ring, or for another tender, was sealed. */
export const openOwners = (ring: KeyRing, tenderId: string, list: string): string[] =>
  z
    .array(z.string())
    .parse(openText(ring, aboutOwners(tenderId), list))
    .map((owner) => openOwner(ring, tenderId, owner));
