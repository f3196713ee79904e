import type { Reaction } from '@umuhuza/eventing/hear';
import type { Invitations } from '../invitations.ts';

/** Nobody is told of it here: inviting is the buyer's own word, and others tell it. An invited firm may read how it fits. */
export const rememberWhomTheBuyerInvites =
  ({ invitations }: { readonly invitations: Invitations }): Reaction<'tenders.FirmsInvited'> =>
  ({ data: { tenderId, firms }, sequence }) =>
    invitations.learn(tenderId, firms, sequence);
