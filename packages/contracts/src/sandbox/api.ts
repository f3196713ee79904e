import { initContract } from '@ts-rest/core';
import { z } from 'zod';
import { apiOptions, editHeaders, page, pageQuery, postHeaders } from '../api.ts';
import { currency, id, instant, line } from '../values.ts';
import { availabilityRoutes } from './availabilityApi.ts';
import { feedRoutes } from './feedApi.ts';
import { hoursRoutes } from './hoursApi.ts';
import {
  booking,
  bookingStatus,
  environment,
  newBooking,
  newEnvironment,
  newSlot,
  refusalReason,
  slot,
  slotCapacity,
  termsText,
  testKind,
  testReport,
  waitlistEntry,
} from './schemas.ts';

const c = initContract();
const byId = z.object({ id });
const byEntry = z.object({ entryId: id });
const nothing = z.strictObject({}).optional();
const language = z.string().regex(/^[a-z]{2}$/, 'A language is two letters of ISO 639-1, like en or rw');
const yes = z.literal('true');

export const sandboxApi = c.router(
  {
    ...hoursRoutes,
    ...feedRoutes,
    ...availabilityRoutes,
    openEnvironment: {
      method: 'POST',
      path: '/environments',
      headers: postHeaders,
      body: newEnvironment,
      responses: { 201: environment },
      summary: 'Open a test environment (Rwandan companies)',
    },
    environments: {
      method: 'GET',
      path: '/environments',
      /** `kind` finds both codes and the hosts' own words. */
      query: pageQuery.extend({ kind: testKind.optional(), language: language.optional(), mine: yes.optional() }),
      responses: { 200: page(environment) },
      summary: 'Open test environments, the newest first, by kind of test or language; or all of your own',
    },
    environment: {
      method: 'GET',
      path: '/environments/:id',
      pathParams: byId,
      responses: { 200: environment },
      summary: 'One test environment',
    },
    editEnvironment: {
      method: 'PUT',
      path: '/environments/:id',
      pathParams: byId,
      headers: editHeaders,
      body: newEnvironment,
      responses: { 200: environment },
      summary: 'Describe your test environment anew; slots that are open keep the terms they were opened on',
    },
    closeEnvironment: {
      method: 'POST',
      path: '/environments/:id/close',
      pathParams: byId,
      headers: postHeaders,
      body: refusalReason,
      responses: { 200: environment },
      summary: 'Open no more slots here, until it is opened again; open slots stay as they are',
    },
    reopenEnvironment: {
      method: 'POST',
      path: '/environments/:id/reopen',
      pathParams: byId,
      headers: postHeaders,
      body: nothing,
      responses: { 200: environment },
      summary: 'Open a closed test environment again',
    },
    termsOfUse: {
      method: 'GET',
      path: '/terms/:hash',
      pathParams: z.object({ hash: z.string().regex(/^[0-9a-f]{64}$/) }),
      responses: { 200: termsText },
      summary: 'The text of terms by its SHA-256, also of earlier versions',
    },
    openSlot: {
      method: 'POST',
      path: '/environments/:id/slots',
      pathParams: byId,
      headers: postHeaders,
      body: newSlot,
      responses: { 201: slot },
      summary: 'Open a slot, by instants or by a local day and hours',
    },
    slots: {
      method: 'GET',
      path: '/slots',
      query: pageQuery
        .extend({
          environmentId: id.optional(),
          kind: testKind.optional(),
          language: language.optional(),
          /** Only slots that start at or after this instant; by default from now on. */
          from: instant.optional(),
          /** Only slots that start before this instant. */
          to: instant.optional(),
          /** Only those with a place that can be booked now. */
          free: yes.optional(),
          /** A device the environment has, or the city it is in; as the host wrote it, in capitals or not. */
          device: line(120).optional(),
          city: line(80).optional(),
          /** Only what costs nothing. */
          price: z.literal('free').optional(),
          /** What costs at most this in minor units of this currency, or nothing. */
          atMost: z.coerce.number().int().min(0).optional(),
          currency: currency.optional(),
        })
        .refine(({ atMost, currency: of }) => (atMost === undefined) === (of === undefined), {
          error: 'Give atMost and currency together',
          path: ['currency'],
        }),
      responses: { 200: page(slot) },
      summary: 'Slots by their start; by environment, kind, language, device, city, price, time, or only those with free places',
    },
    slot: {
      method: 'GET',
      path: '/slots/:id',
      pathParams: byId,
      responses: { 200: slot },
      summary: 'One slot, and what you have in it',
    },
    changeCapacity: {
      method: 'PATCH',
      path: '/slots/:id',
      pathParams: byId,
      headers: editHeaders,
      body: slotCapacity,
      responses: { 200: slot },
      summary: 'Change the number of places; added ones are offered to the waitlist',
    },
    closeSlot: {
      method: 'POST',
      path: '/slots/:id/close',
      pathParams: byId,
      headers: postHeaders,
      body: refusalReason,
      responses: { 200: slot },
      summary: 'Close a slot; its bookings are cancelled with this reason',
    },
    book: {
      method: 'POST',
      path: '/slots/:id/bookings',
      pathParams: byId,
      headers: postHeaders,
      body: newBooking,
      responses: { 201: booking },
      summary: 'Book a place',
    },
    joinWaitlist: {
      method: 'POST',
      path: '/slots/:id/waitlist',
      pathParams: byId,
      headers: postHeaders,
      body: newBooking,
      responses: { 201: waitlistEntry },
      summary: 'Wait for a place in a full slot; first come, first served',
    },
    acceptOffer: {
      method: 'POST',
      path: '/waitlist/:entryId/accept',
      pathParams: byEntry,
      headers: postHeaders,
      body: nothing,
      responses: { 200: booking },
      summary: 'Take the place that is held for you',
    },
    declineOffer: {
      method: 'POST',
      path: '/waitlist/:entryId/decline',
      pathParams: byEntry,
      headers: postHeaders,
      body: nothing,
      responses: { 200: waitlistEntry },
      summary: 'Let the offered place pass, or leave the waitlist',
    },
    bookings: {
      method: 'GET',
      path: '/bookings',
      query: pageQuery.extend({
        as: z.enum(['guest', 'host']).optional(),
        status: bookingStatus.optional(),
        slotId: id.optional(),
      }),
      responses: { 200: page(booking) },
      summary: 'Your bookings as guest and as host, those of the latest slots first',
    },
    booking: {
      method: 'GET',
      path: '/bookings/:id',
      pathParams: byId,
      responses: { 200: booking },
      summary: 'One of your bookings',
    },
    calendar: {
      method: 'GET',
      path: '/bookings/:id/calendar.ics',
      pathParams: byId,
      responses: { 200: c.otherResponse({ contentType: 'text/calendar; charset=utf-8', body: z.string() }) },
      summary: 'The booking as an iCalendar file (RFC 5545)',
    },
    confirm: {
      method: 'POST',
      path: '/bookings/:id/confirm',
      pathParams: byId,
      headers: postHeaders,
      body: nothing,
      responses: { 200: booking },
      summary: 'Confirm a requested booking (host)',
    },
    decline: {
      method: 'POST',
      path: '/bookings/:id/decline',
      pathParams: byId,
      headers: postHeaders,
      body: refusalReason,
      responses: { 200: booking },
      summary: 'Decline a requested booking with a reason (host)',
    },
    cancel: {
      method: 'POST',
      path: '/bookings/:id/cancel',
      pathParams: byId,
      headers: postHeaders,
      body: z.strictObject({ reason: line(1_000).optional() }).optional(),
      responses: { 200: booking },
      summary: 'Cancel a booking before the slot begins; a host gives a reason',
    },
    complete: {
      method: 'POST',
      path: '/bookings/:id/complete',
      pathParams: byId,
      headers: postHeaders,
      body: z.strictObject({ report: testReport }),
      responses: { 200: booking },
      summary: 'Complete a booking with its test report (host)',
    },
    noShow: {
      method: 'POST',
      path: '/bookings/:id/no-show',
      pathParams: byId,
      headers: postHeaders,
      body: nothing,
      responses: { 200: booking },
      summary: 'Say that the guest did not show (host)',
    },
  },
  apiOptions('/api/sandbox'),
);
