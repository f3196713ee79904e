import { initContract } from '@ts-rest/core';
import { z } from 'zod';
import { apiOptions } from '../api.ts';
import { country, id, line, timeZone } from '../values.ts';
import { role } from './claims.ts';
import { password, personLanguage, slug } from './schemas.ts';

/** An account as its owner sees it. */
export const account = z.object({
  id,
  name: z.string(),
  email: z.string(),
  language: personLanguage,
  timeZone: z.string().nullish(),
  programmeStaff: z.boolean(),
});

export const organisation = z.object({ id, name: z.string(), slug: z.string(), country });
const membership = z.object({ id, organizationId: id, userId: id, role });
const invitation = z.object({ id, organizationId: id, email: z.string(), role, status: z.string(), expiresAt: z.string() });

const email = z.email('An e-mail address is expected').max(254);
const organizationId = id.optional();

/**
 * The routes of better-auth that are served, its names kept so that its own client works. They are answered with a session cookie;
 * every POST needs the `Origin` of the platform's address. Without `organizationId` the session's active organisation is meant.
 * Answers hold what is declared here and nothing else: better-auth would add the session's secret and more.
 */
export const authApi = initContract().router(
  {
    signUp: {
      method: 'POST',
      path: '/sign-up/email',
      body: z.strictObject({
        name: line(120),
        email,
        password,
        language: personLanguage.optional(),
        timeZone: timeZone.optional(),
        rememberMe: z.boolean().optional(),
      }),
      responses: { 200: z.object({ user: account }) },
      summary: 'Make an account; signs in',
    },
    signIn: {
      method: 'POST',
      path: '/sign-in/email',
      body: z.strictObject({ email, password: z.string().min(1).max(128), rememberMe: z.boolean().optional() }),
      responses: { 200: z.object({ user: account }) },
      summary: 'Sign in',
    },
    signOut: {
      method: 'POST',
      path: '/sign-out',
      body: z.strictObject({}).optional(),
      responses: { 200: z.object({ success: z.boolean() }) },
      summary: 'Sign out: the session ends',
    },
    session: {
      method: 'GET',
      path: '/get-session',
      responses: {
        200: z
          .object({ session: z.object({ expiresAt: z.string(), activeOrganizationId: id.nullish() }), user: account })
          .nullable(),
      },
      summary: 'The session of this cookie, or null',
    },
    updateUser: {
      method: 'POST',
      path: '/update-user',
      body: z.strictObject({ name: line(120).optional(), language: personLanguage.optional(), timeZone: timeZone.optional() }),
      responses: { 200: z.object({ status: z.boolean() }) },
      summary: 'Change your name, language or time zone',
    },
    changePassword: {
      method: 'POST',
      path: '/change-password',
      body: z.strictObject({
        currentPassword: z.string().min(1).max(128),
        newPassword: password,
        revokeOtherSessions: z.boolean().optional(),
      }),
      responses: { 200: z.object({ user: account }) },
      summary: 'Change your password',
    },
    token: {
      method: 'GET',
      path: '/token',
      responses: { 200: z.object({ token: z.string() }) },
      summary: 'A bearer token of 15 minutes for the active organisation, or for your only one',
    },
    jwks: {
      method: 'GET',
      path: '/jwks',
      responses: {
        200: z.object({
          keys: z.array(z.object({ kid: z.string(), kty: z.string(), alg: z.string(), crv: z.string(), x: z.string() })),
        }),
      },
      summary: 'The public keys that tokens are verified with',
    },
    createOrganisation: {
      method: 'POST',
      path: '/organization/create',
      body: z.strictObject({
        name: line(200),
        slug,
        country,
        keepCurrentActiveOrganization: z.boolean().optional(),
      }),
      responses: { 200: organisation },
      summary: 'Register an organisation; you become its owner, and it becomes the active one',
    },
    renameOrganisation: {
      method: 'POST',
      path: '/organization/update',
      body: z.strictObject({ data: z.strictObject({ name: line(200) }), organizationId }),
      responses: { 200: organisation },
      summary: 'Rename your organisation; slug and country stay',
    },
    organisations: {
      method: 'GET',
      path: '/organization/list',
      responses: { 200: z.array(organisation) },
      summary: 'Your organisations',
    },
    setActive: {
      method: 'POST',
      path: '/organization/set-active',
      body: z.strictObject({ organizationId: id.nullable().optional(), organizationSlug: slug.optional() }),
      responses: { 200: organisation.nullable() },
      summary: 'Choose the organisation that the next tokens act for',
    },
    organisation: {
      method: 'GET',
      path: '/organization/get-full-organization',
      query: z.strictObject({ organizationId }),
      responses: {
        200: organisation
          .extend({
            members: z.array(membership.extend({ user: z.object({ id, name: z.string(), email: z.string() }) })),
            invitations: z.array(invitation),
          })
          .nullable(),
      },
      summary: 'Your organisation with its members and invitations',
    },
    invite: {
      method: 'POST',
      path: '/organization/invite-member',
      body: z.strictObject({ email, role, organizationId, resend: z.boolean().optional() }),
      responses: { 200: invitation },
      summary: 'Invite a person; hand the invitation’s id over yourself, no mail is sent',
    },
    acceptInvitation: {
      method: 'POST',
      path: '/organization/accept-invitation',
      body: z.strictObject({ invitationId: id }),
      responses: { 200: z.object({ invitation, member: membership }) },
      summary: 'Join the organisation that invited your e-mail address',
    },
    cancelInvitation: {
      method: 'POST',
      path: '/organization/cancel-invitation',
      body: z.strictObject({ invitationId: id }),
      responses: { 200: invitation },
      summary: 'Take an invitation back',
    },
    changeRole: {
      method: 'POST',
      path: '/organization/update-member-role',
      body: z.strictObject({ memberId: id, role, organizationId }),
      responses: { 200: membership },
      summary: 'Give a member another role',
    },
    removeMember: {
      method: 'POST',
      path: '/organization/remove-member',
      body: z.strictObject({ memberIdOrEmail: z.string().min(1).max(254), organizationId }),
      responses: { 200: z.object({ member: membership }) },
      summary: 'Take a member out of your organisation',
    },
    leave: {
      method: 'POST',
      path: '/organization/leave',
      body: z.strictObject({ organizationId: id }),
      responses: { 200: membership },
      summary: 'Leave an organisation; its only owner cannot',
    },
  },
  apiOptions('/api/auth'),
);
