import type { Host, Hours, HoursFact, Plan } from './hours.ts';
import { type Outlook, whyNot } from './outlook.ts';
import { type Refused, refuse } from './refusals.ts';

export type OpenHoursCommand = {
  readonly hoursId: string;
  readonly environmentId: string;
  readonly host: Host;
  readonly plan: Plan;
  readonly outlook: Outlook;
  readonly by: string;
  readonly at: string;
};

export const openHours = (
  hours: Hours,
  { hoursId, environmentId, host, plan, outlook, by, at }: OpenHoursCommand,
): readonly HoursFact[] | Refused => {
  if (host.organisationId !== by) return refuse('not-the-host');
  if (hours.status !== 'none') return [];
  return whyNot(plan, outlook) ?? [{ type: 'HoursOpened', hoursId, environmentId, host, plan, at }];
};
