import { initContract } from '@ts-rest/core';
import { z } from 'zod';
import { apiOptions, editHeaders, named, page, pageQuery, postHeaders } from '../api.ts';
import { country, cpvCode, id, skill } from '../values.ts';
import { ownProfile, profileContent, publicProfile } from './schemas.ts';

export const profilesApi = initContract().router(
  {
    editMine: {
      method: 'PUT',
      path: '/mine',
      headers: editHeaders,
      body: profileContent,
      responses: { 200: ownProfile },
      summary: 'Write your company’s profile; a published one changes for everybody',
    },
    mine: { method: 'GET', path: '/mine', responses: { 200: ownProfile }, summary: 'Your company’s profile in any state' },
    publishMine: {
      method: 'POST',
      path: '/mine/publish',
      headers: postHeaders,
      body: z.strictObject({}).optional(),
      responses: { 200: ownProfile },
      summary: 'Publish your profile, or renew it for another twelve months',
    },
    withdrawMine: {
      method: 'POST',
      path: '/mine/withdraw',
      headers: postHeaders,
      body: z.strictObject({}).optional(),
      responses: { 200: ownProfile },
      summary: 'Take your profile out of sight; publishing brings it back',
    },
    names: {
      method: 'GET',
      path: '/names',
      query: z.strictObject({ of: named(id) }),
      responses: { 200: z.strictObject({ items: z.array(publicProfile.pick({ organisationId: true, name: true })) }) },
      summary: 'What companies are called, of those that have a published profile',
    },
    one: {
      method: 'GET',
      path: '/:organisationId',
      pathParams: z.object({ organisationId: id }),
      responses: { 200: publicProfile },
      summary: 'A company’s published profile',
    },
    list: {
      method: 'GET',
      path: '/',
      query: pageQuery.extend({
        country: country.optional(),
        skill: skill.optional(),
        cpv: cpvCode.optional(),
        /** A part of the name, in small or large letters. */
        q: z.string().trim().max(200).optional(),
      }),
      responses: { 200: page(publicProfile) },
      summary:
        'Published profiles by name; filter by country, skill, a part of the name, or CPV code with those below and above it',
    },
  },
  apiOptions('/api/profiles'),
);
