import { initContract } from '@ts-rest/core';
import { z } from 'zod';
import { editHeaders, page, pageQuery, postHeaders } from '../api.ts';
import { id } from '../values.ts';
import { changedHours, endedHours, hoursPreview, newHours, openingHours } from './hoursSchemas.ts';

const c = initContract();
const byId = z.object({ id });

/** Opening hours, from which slots are opened weeks ahead. */
export const hoursRoutes = c.router({
  openHours: {
    method: 'POST',
    path: '/environments/:id/hours',
    pathParams: byId,
    headers: postHeaders,
    body: newHours,
    responses: { 201: openingHours },
    summary: 'Open hours that come again; slots are opened eight weeks ahead, at the same time of day whatever the clocks do',
  },
  /** A reading, though its question has a body: it changes nothing, so it takes no Idempotency-Key. */
  previewHours: {
    method: 'POST',
    path: '/environments/:id/hours/preview',
    pathParams: byId,
    /** Which hours are to be changed so; without, they would be new. */
    query: z.strictObject({ hoursId: id.optional() }),
    body: newHours,
    responses: { 200: hoursPreview },
    summary: 'What hours would open in the eight weeks ahead, before they are opened or changed (host)',
  },
  hours: {
    method: 'GET',
    path: '/environments/:id/hours',
    pathParams: byId,
    query: pageQuery,
    responses: { 200: page(openingHours) },
    summary: 'The opening hours of a test environment, the newest first',
  },
  oneHours: {
    method: 'GET',
    path: '/hours/:id',
    pathParams: byId,
    responses: { 200: openingHours },
    summary: 'Opening hours, with what they leave out when the clocks change',
  },
  hoursOutlook: {
    method: 'GET',
    path: '/hours/:id/outlook',
    pathParams: byId,
    responses: { 200: hoursPreview },
    summary: 'What your opening hours open in the eight weeks ahead, and what they do not and why (host)',
  },
  changeHours: {
    method: 'PUT',
    path: '/hours/:id',
    pathParams: byId,
    headers: editHeaders,
    body: changedHours,
    responses: { 200: openingHours },
    summary: 'Change opening hours; what becomes of slots in use that fall away must be said',
  },
  endHours: {
    method: 'POST',
    path: '/hours/:id/end',
    pathParams: byId,
    headers: postHeaders,
    body: endedHours,
    responses: { 200: openingHours },
    summary: 'End opening hours; slots that nobody uses are closed',
  },
});
