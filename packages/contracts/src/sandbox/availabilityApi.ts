import { initContract } from '@ts-rest/core';
import { z } from 'zod';
import { id, instant, timeZone } from '../values.ts';

const c = initContract();

const slotOfDay = z.strictObject({
  slotId: id,
  environmentId: id,
  title: z.string(),
  startsAt: instant,
  endsAt: instant,
  capacity: z.int(),
  /** Places that can be booked now; none once the slot has begun. */
  free: z.int().min(0),
});

export const availability = z
  .strictObject({
    month: z.string(),
    timeZone: z.string(),
    /** Days on that zone's calendar on which a slot starts, with the free places of all their slots. */
    days: z.array(z.strictObject({ date: z.string(), free: z.int().min(0), slots: z.array(slotOfDay) })),
    /** False where there are more slots than one answer holds; then ask for one environment. */
    complete: z.boolean(),
  })
  .meta({ id: 'Availability' });
export type AvailabilityView = z.infer<typeof availability>;

export const availabilityRoutes = c.router({
  availability: {
    method: 'GET',
    path: '/availability',
    query: z
      .strictObject({
        environmentId: id.optional(),
        host: id.optional(),
        month: z.string().regex(/^20\d\d-(0[1-9]|1[0-2])$/, 'A month like 2026-12 is expected'),
        /** On whose calendar the days are; a slot at midnight is another day elsewhere. */
        timeZone: timeZone.default('Africa/Kigali'),
      })
      .refine(({ environmentId, host }) => (environmentId === undefined) !== (host === undefined), {
        error: 'Give environmentId or host',
        path: ['environmentId'],
      }),
    responses: { 200: availability },
    summary: 'A month of one test environment, or of all of a host, day by day with the free places of each slot',
  },
});
