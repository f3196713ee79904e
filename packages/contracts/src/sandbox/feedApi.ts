import { initContract } from '@ts-rest/core';
import { z } from 'zod';
import { personLanguage } from '../identity/schemas.ts';
import { instant } from '../values.ts';

const c = initContract();
const nothing = z.strictObject({}).optional();

export const calendarFeed = z
  .strictObject({
    status: z.enum(['on', 'off']),
    renewedAt: instant.nullable(),
  })
  .meta({ id: 'CalendarFeed' });
export type CalendarFeedView = z.infer<typeof calendarFeed>;

/** The address is told once, when it is made; afterwards nobody can read it here, only renew it. */
export const renewedFeed = z.strictObject({ ...calendarFeed.shape, url: z.url() }).meta({ id: 'RenewedCalendarFeed' });

/** A person’s private calendar address: whoever has it can read these bookings, so it can be renewed and switched off. */
export const feedRoutes = c.router({
  calendarFeed: {
    method: 'GET',
    path: '/calendar-feed',
    responses: { 200: calendarFeed },
    summary: 'Whether you have a private calendar address for your company’s bookings, and since when',
  },
  /** No Idempotency-Key: a key would have to keep the secret with the answer. Asked again, it makes another address. */
  renewCalendarFeed: {
    method: 'POST',
    path: '/calendar-feed/renew',
    body: z.strictObject({ language: personLanguage.optional() }).optional(),
    responses: { 201: renewedFeed },
    summary: 'A new private calendar address; the one before stops working at once',
  },
  switchOffCalendarFeed: {
    method: 'POST',
    path: '/calendar-feed/switch-off',
    body: nothing,
    responses: { 200: calendarFeed },
    summary: 'Your private calendar address stops working',
  },
  readCalendarFeed: {
    method: 'GET',
    path: '/calendar-feeds/:token',
    pathParams: z.object({ token: z.string().max(200) }),
    query: z.object({ language: personLanguage.default('en') }),
    metadata: { access: 'public' } as const,
    responses: { 200: c.otherResponse({ contentType: 'text/calendar; charset=utf-8', body: z.string() }) },
    summary: 'The bookings behind a private address as a calendar to subscribe to (RFC 5545); 404 for any other address',
  },
});
