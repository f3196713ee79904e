import { z } from 'zod';
import { event } from '../event.ts';
import { country, id } from '../values.ts';
import { member } from './schemas.ts';

/** What the identity service tells the others. The subject is the organisation. */
export const identityEvents = {
  /** Said once for each organisation, before anything else about it. */
  OrganisationRegistered: event(1, z.object({ organisationId: id, name: z.string(), slug: z.string(), country }), {
    organisationId: 'org-kigali-1',
    name: 'Demonstration Software Ltd',
    slug: 'demonstration-software',
    country: 'RW',
  }),
  /**
   * All members as they are now; the newest sequence wins. Carries e-mail addresses because notifications must reach people; no other
   * service may keep them.
   */
  MembersChanged: event(1, z.object({ organisationId: id, name: z.string(), country, members: z.array(member) }), {
    organisationId: 'org-kigali-1',
    name: 'Demonstration Software Ltd',
    country: 'RW',
    members: [
      {
        userId: 'user-kigali-1',
        name: 'Demonstration Owner',
        email: 'owner@demonstration-software.example',
        role: 'owner',
        language: 'en',
        timeZone: 'Africa/Kigali',
      },
    ],
  }),
};
