import type { sandboxApi } from '@umuhuza/contracts/sandbox/api';
import type { Handlers } from '@umuhuza/service/serviceApp';
import { availabilityRoutes } from './api/availability.ts';
import { bookingRoutes } from './api/bookings.ts';
import type { Deps } from './api/deps.ts';
import { environmentDocumentRoutes } from './api/environmentDocuments.ts';
import { environmentRoutes } from './api/environments.ts';
import { evidenceRoutes } from './api/evidence.ts';
import { feedRoutes } from './api/feed.ts';
import { guestRoutes } from './api/guests.ts';
import { holdRoutes } from './api/holds.ts';
import { hoursRoutes } from './api/hours.ts';
import { reportRoutes } from './api/reports.ts';
import { rescheduleRoutes } from './api/reschedule.ts';
import { resourceRoutes } from './api/resources.ts';
import { slotChangeRoutes } from './api/slotChanges.ts';
import { slotRoutes } from './api/slots.ts';
import { waitlistRoutes } from './api/waitlist.ts';

export const sandboxHandlers = (deps: Deps): Handlers<typeof sandboxApi> => ({
  ...environmentRoutes(deps),
  ...environmentDocumentRoutes(deps),
  ...hoursRoutes(deps),
  ...resourceRoutes(deps),
  ...slotRoutes(deps),
  ...slotChangeRoutes(deps),
  ...waitlistRoutes(deps),
  ...holdRoutes(deps),
  ...bookingRoutes(deps),
  ...feedRoutes(deps),
  ...availabilityRoutes(deps),
  ...rescheduleRoutes(deps),
  ...reportRoutes(deps),
  ...evidenceRoutes(deps),
  ...guestRoutes(deps),
});
