import type { Hours, HoursFact, InUse, KnownHours, Plan } from './hours.ts';
import { type Outlook, whyNot } from './outlook.ts';
import { isRefused, type Refused, refuse } from './refusals.ts';

export type ChangeHours = {
  readonly plan: Plan;
  readonly outlook: Outlook;
  /** How many slots ahead have bookings or somebody waiting and would no longer be in the hours. */
  readonly slotsInUse: number;
  readonly inUse: InUse | null;
  readonly by: string;
  readonly at: string;
};

/** New hours tell what becomes of slots in use that they no longer have; else they are not taken. */
export const changeHours = (
  hours: Hours,
  { plan, outlook, slotsInUse, inUse, by, at }: ChangeHours,
): readonly HoursFact[] | Refused => {
  const open = ofHost(hours, by);
  if (isRefused(open)) return open;
  if (open.status === 'ended') return refuse('hours-ended');
  const no = whyNot(plan, outlook);
  if (no) return no;
  if (JSON.stringify(plan) === JSON.stringify(open.plan)) return [];
  return slotsInUse > 0 && !inUse ? refuse('slots-in-use', said(slotsInUse)) : [{ type: 'HoursChanged', plan, inUse, at }];
};

export type EndHours = {
  readonly reason: string;
  readonly slotsInUse: number;
  readonly inUse: InUse | null;
  readonly by: string;
  readonly at: string;
};

/** No more slots are opened, and those that nobody uses are closed. */
export const endHours = (hours: Hours, { reason, slotsInUse, inUse, by, at }: EndHours): readonly HoursFact[] | Refused => {
  const open = ofHost(hours, by);
  if (isRefused(open)) return open;
  if (open.status === 'ended') return [];
  return slotsInUse > 0 && !inUse ? refuse('slots-in-use', said(slotsInUse)) : [{ type: 'HoursEnded', reason, inUse, at }];
};

const ofHost = (hours: Hours, by: string): KnownHours | Refused => {
  if (hours.status === 'none') return refuse('no-such-hours');
  return hours.host.organisationId === by ? hours : refuse('not-the-host');
};

const said = (slotsInUse: number): string =>
  `${slotsInUse === 1 ? 'One slot has' : `${slotsInUse} slots have`} bookings or a waitlist and would fall away. Say in inUse whether to keep or to cancel them, and why.`;
