import { initContract } from '@ts-rest/core';
import { z } from 'zod';
import { apiOptions, editHeaders, pageQuery, postHeaders, type RouteMetadata } from '../api.ts';
import { personLanguage } from '../identity/schemas.ts';
import { id } from '../values.ts';
import { inbox, inboxCounts, notification, preferences, preferencesContent, subscription, upTo } from './schemas.ts';

const c = initContract();
const person = { access: 'user' } as const satisfies RouteMetadata;
const nobody = { access: 'public' } as const satisfies RouteMetadata;
const flag = z.enum(['true', 'false'], { error: 'true or false is expected' }).optional();
const nothing = z.strictObject({}).optional();
const onePath = z.object({ id });
/** Signed by the service; its form is the service's own. */
const linkPath = z.object({ token: z.string().max(500) });
/** Overrides the language of the preferences for this answer. */
const language = personLanguage.optional();

/** Every route acts for the person of the token, whichever organisation it names. */
export const notificationsApi = c.router(
  {
    list: {
      method: 'GET',
      path: '/',
      query: pageQuery.extend({ unread: flag, archived: flag, language }),
      responses: { 200: inbox },
      summary: 'Your inbox, newest first; archived ones only with archived=true',
      metadata: person,
    },
    read: {
      method: 'POST',
      path: '/:id/read',
      pathParams: onePath,
      headers: postHeaders,
      body: nothing,
      responses: { 200: notification },
      summary: 'Mark one as read',
      metadata: person,
    },
    archive: {
      method: 'POST',
      path: '/:id/archive',
      pathParams: onePath,
      headers: postHeaders,
      body: nothing,
      responses: { 200: notification },
      summary: 'Put one away',
      metadata: person,
    },
    unarchive: {
      method: 'POST',
      path: '/:id/unarchive',
      pathParams: onePath,
      headers: postHeaders,
      body: nothing,
      responses: { 200: notification },
      summary: 'Bring one back as it was before it was put away',
      metadata: person,
    },
    seeAll: {
      method: 'POST',
      path: '/see-all',
      headers: postHeaders,
      body: upTo.optional(),
      responses: { 200: inboxCounts },
      summary: 'Mark all as seen: you have looked at the list',
      metadata: person,
    },
    readAll: {
      method: 'POST',
      path: '/read-all',
      headers: postHeaders,
      body: upTo.optional(),
      responses: { 200: inboxCounts },
      summary: 'Mark all as read',
      metadata: person,
    },
    preferences: {
      method: 'GET',
      path: '/preferences',
      responses: { 200: preferences },
      summary: 'What you are told of and where, in which language and time zone',
      metadata: person,
    },
    editPreferences: {
      method: 'PUT',
      path: '/preferences',
      headers: editHeaders,
      body: preferencesContent,
      responses: { 200: preferences },
      summary: 'Choose what you are told of and where; counts for all that is not sent yet',
      metadata: person,
    },
    stream: {
      method: 'GET',
      path: '/stream',
      headers: z.object({ 'last-event-id': z.string().max(2_000).optional() }),
      query: z.strictObject({ language }),
      responses: { 200: c.otherResponse({ contentType: 'text/event-stream', body: z.string() }) },
      summary: 'Your notifications as they come (server-sent events); Last-Event-ID brings what was missed',
      metadata: person,
    },
    unsubscribeLink: {
      method: 'GET',
      path: '/unsubscribe/:token',
      pathParams: linkPath,
      responses: { 200: subscription },
      summary: 'What an unsubscribe link is about; changes nothing. A browser gets a page with one button',
      metadata: nobody,
    },
    unsubscribe: {
      method: 'POST',
      path: '/unsubscribe/:token',
      pathParams: linkPath,
      contentType: 'application/x-www-form-urlencoded',
      body: z.object({ 'List-Unsubscribe': z.literal('One-Click').optional() }).optional(),
      responses: { 200: subscription },
      summary: 'No more e-mail of this kind (RFC 8058, one click, no sign-in)',
      metadata: nobody,
    },
  },
  apiOptions('/api/notifications'),
);
