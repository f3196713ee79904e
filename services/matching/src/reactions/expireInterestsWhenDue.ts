import { timeCause } from '@umuhuza/eventing/cause';
import type { Clock } from '@umuhuza/service/clock';
import { eachInTurn } from '@umuhuza/service/eachInTurn';
import { expireInterest } from '../interest/expireInterest.ts';
import type { InterestBook } from '../interestBook.ts';

/** How many are looked at in one round; the next round takes the rest. */
const batch = 100;

export const expireInterestsWhenDue =
  ({ interests, clock }: { readonly interests: InterestBook; readonly clock: Clock }) =>
  async (): Promise<void> => {
    const at = clock();
    await eachInTurn(await interests.dueToExpire(at, batch), (interestId) =>
      interests.change(interestId, (interest) => expireInterest(interest, { at }), timeCause('interest-expiry', at)),
    );
  };
