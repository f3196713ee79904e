import type { Role } from '@umuhuza/contracts/identity/claims';
import type { Country } from '@umuhuza/contracts/values';
import type { Request } from 'express';

/** Who calls, as the verified token says. */
export type Caller = {
  readonly user: string;
  readonly programmeStaff: boolean;
  /** When the token ends, in milliseconds since 1970; an answer that lasts longer than a request must end then. */
  readonly tokenEndsAt?: number;
};

/** A caller that acts for an organisation: what nearly every route needs. */
export type Member = Caller & { readonly organisation: string; readonly country: Country; readonly role: Role };

const callers = new WeakMap<object, Caller | Member>();

export const rememberCaller = (req: object, caller: Caller | Member): void => {
  callers.set(req, caller);
};

/** The caller of a route that asks for a token. */
export const callerOf = (req: Pick<Request, 'headers'>): Caller | Member => {
  const caller = callers.get(req);
  if (!caller) throw new Error('this route answers without a token; it has no caller');
  return caller;
};

/** The caller of a route with a public part: undefined for one without a token, or without an organisation. */
export const memberIfAny = (req: Pick<Request, 'headers'>): Member | undefined => {
  const caller = callers.get(req);
  return caller && 'organisation' in caller ? caller : undefined;
};

/** The caller of a route that asks for an organisation, which is every route whose metadata does not say otherwise. */
export const memberOf = (req: Pick<Request, 'headers'>): Member => {
  const caller = callerOf(req);
  if (!('organisation' in caller)) throw new Error('this route answers without an organisation; it has no member');
  return caller;
};
