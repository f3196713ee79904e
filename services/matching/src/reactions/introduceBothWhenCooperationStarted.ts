import type { Reaction } from '@umuhuza/eventing/hear';
import { introduceBoth } from '../interest/introduceBoth.ts';
import type { InterestBook } from '../interestBook.ts';

export const introduceBothWhenCooperationStarted =
  ({ interests }: { readonly interests: InterestBook }): Reaction<'matching.CooperationStarted'> =>
  async ({ data: { cooperationId, origin }, cause }) => {
    if (origin.kind === 'interest')
      await interests.change(origin.id, (interest) => introduceBoth(interest, { cooperationId }), cause);
  };
