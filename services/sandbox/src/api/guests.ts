import type { sandboxApi } from '@umuhuza/contracts/sandbox/api';
import { memberOf } from '@umuhuza/service/caller';
import type { Handlers } from '@umuhuza/service/serviceApp';
import type { Deps } from './deps.ts';
import { refuse } from './problems.ts';

type Routes = Pick<Handlers<typeof sandboxApi>, 'guestRecord'>;

const aYear = 365 * 24;

/** To all but itself and its hosts a guest has no record, as if it had never been there. */
export const guestRoutes = ({ slots, clock }: Deps): Routes => ({
  guestRecord: async ({ params: { id: organisationId }, req }) => {
    const { organisation } = memberOf(req);
    if (organisation !== organisationId && !(await slots.wasGuestOf(organisationId, organisation)))
      return refuse(req, 'no-such-guest');
    const since = Temporal.Instant.from(clock()).subtract({ hours: aYear }).toString({ fractionalSecondDigits: 3 });
    const { late: lateCancellations, 'no-show': noShows, completed } = await slots.conductOf(organisationId, since);
    return { status: 200, body: { organisationId, since, lateCancellations, noShows, completed } };
  },
});
