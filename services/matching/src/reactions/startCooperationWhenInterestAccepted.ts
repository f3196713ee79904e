import { idFrom } from '@umuhuza/eventing/cause';
import type { Reaction } from '@umuhuza/eventing/hear';
import { startCooperation } from '../cooperation/startCooperation.ts';
import type { CooperationBook } from '../cooperationBook.ts';
import type { InterestBook } from '../interestBook.ts';

export const startCooperationWhenInterestAccepted =
  ({
    interests,
    cooperations,
  }: {
    readonly interests: InterestBook;
    readonly cooperations: CooperationBook;
  }): Reaction<'matching.InterestAccepted'> =>
  async ({ data: { interestId }, time, cause }) => {
    const interest = await interests.find(interestId);
    if (!interest || interest.status === 'none') throw new Error(`the accepted interest ${interestId} is not in this database`);
    const cooperationId = idFrom({ id: `interest/${interestId}` });
    await cooperations.change(
      cooperationId,
      (cooperation) =>
        startCooperation(cooperation, {
          cooperationId,
          organisations: [interest.from, interest.to],
          origin: { kind: 'interest', id: interestId },
          at: time,
        }),
      cause,
    );
  };
