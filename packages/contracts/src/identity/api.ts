import { initContract } from '@ts-rest/core';
import { apiOptions, postHeaders, type RouteMetadata } from '../api.ts';
import { me, openProgrammeOffice, programmeOffice } from './schemas.ts';

/** What the identity service serves beside better-auth's own routes under /api/auth. */
export const identityApi = initContract().router(
  {
    me: {
      method: 'GET',
      path: '/me',
      responses: { 200: me },
      summary: 'Who you are, your organisations and your role in each',
      metadata: { access: 'user' } satisfies RouteMetadata,
    },
    programmeOffice: {
      method: 'GET',
      path: '/programme-office',
      responses: { 200: programmeOffice },
      summary: 'Whether the one-time link for the programme office can still be used',
      metadata: { access: 'public' } satisfies RouteMetadata,
    },
    openProgrammeOffice: {
      method: 'POST',
      path: '/programme-office',
      headers: postHeaders,
      body: openProgrammeOffice,
      responses: { 201: programmeOffice },
      summary: 'Make the programme office’s account with the one-time code',
      metadata: { access: 'public' } satisfies RouteMetadata,
    },
  },
  apiOptions('/api/identity'),
);
