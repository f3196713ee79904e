import { memberOf } from '@umuhuza/service/caller';
import type { Request } from 'express';
import type { Organisations } from '../organisations.ts';

/** Who decides, with all that it belongs to: a member of a bidder is not free in judging its bid. */
export const judgeOf = async (organisations: Organisations, req: Request) => {
  const by = memberOf(req);
  return { by, memberOf: await organisations.ofMember(by.user) };
};
