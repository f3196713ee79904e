import type { ProblemText } from '../problem.ts';

/** What better-auth refuses, by the name its code has in a problem's type; the code itself stays in the problem as `code`. */
export const authProblems = {
  'invalid-email-or-password': {
    title: 'E-mail address or password is wrong',
    detail: 'Check both and try again. We do not say which one is wrong.',
  },
  'invalid-password': { title: 'The password is wrong', detail: 'Enter your present password.' },
  'user-already-exists': {
    title: 'This e-mail address has an account',
    detail: 'Sign in with it, or choose another address.',
  },
  'organization-already-exists': {
    title: 'This slug is taken',
    detail: 'Another organisation has it. Choose another slug.',
  },
  'organization-not-found': {
    title: 'There is no such organisation',
    detail: 'The address is wrong, or it is not one of yours.',
  },
  'no-active-organization': {
    title: 'No organisation is chosen',
    detail: 'Create an organisation or choose one of yours first.',
  },
  'user-is-not-a-member-of-the-organization': {
    title: 'You are not a member of this organisation',
    detail: 'Ask one of its owners to invite you.',
  },
  'user-is-already-a-member-of-this-organization': {
    title: 'This person is a member already',
    detail: 'Nothing needs to be done; change the role instead if you meant that.',
  },
  'user-is-already-invited-to-this-organization': {
    title: 'This person is invited already',
    detail: 'Hand over the id of the open invitation, or send it again with resend.',
  },
  'invitation-not-found': {
    title: 'There is no such invitation',
    detail: 'It was used, taken back or has run out. Ask for another one.',
  },
  'you-are-not-the-recipient-of-the-invitation': {
    title: 'This invitation is for another person',
    detail: 'Sign in with the e-mail address that was invited.',
  },
  'member-not-found': { title: 'There is no such member', detail: 'The person has left, or never was a member here.' },
  'you-cannot-leave-the-organization-as-the-only-owner': {
    title: 'An organisation needs an owner',
    detail: 'Make another member an owner first.',
  },
  'you-cannot-leave-the-organization-without-an-owner': {
    title: 'An organisation needs an owner',
    detail: 'Make another member an owner first.',
  },
  'missing-or-null-origin': {
    title: 'The request does not say where it comes from',
    detail: 'Send the platform’s address as the Origin header with every POST.',
  },
  'invalid-origin': {
    title: 'The request comes from another site',
    detail: 'Use the platform’s own address; its administrator can add others as TRUSTED_ORIGINS.',
  },
} satisfies Record<string, ProblemText>;
