import { identityEvents } from '@umuhuza/contracts/identity/events';
import { openBook } from '@umuhuza/eventing/book';
import type { Connection } from 'mongoose';
import { evolve, type Organisation, type OrganisationFact, unannounced } from './organisation/organisation.ts';
import type { OrganisationRefusal } from './organisation/refusals.ts';
import type { OrganisationBook } from './organisationBook.ts';
import { toPublicEvents } from './toPublicEvents.ts';

/** Named apart from better-auth's `organization`, which holds the organisations themselves. */
export const openMongoOrganisationBook = (connection: Connection): Promise<OrganisationBook> =>
  openBook<Organisation, OrganisationFact, OrganisationRefusal, typeof identityEvents>(connection, {
    service: 'identity',
    name: 'announcedOrganisations',
    initial: unannounced,
    evolve,
    events: identityEvents,
    publicEvents: toPublicEvents,
  });
