import { idFrom } from '@umuhuza/eventing/cause';
import type { Reaction } from '@umuhuza/eventing/hear';
import { isUnheardOf, loseLot } from '../cooperation/loseLot.ts';
import type { CooperationBook } from '../cooperationBook.ts';

/** What began with an award ends when all that was awarded came to nothing. */
export const endCooperationWhenAwardLapsed =
  ({ cooperations }: { readonly cooperations: CooperationBook }): Reaction<'tenders.AwardLapsed'> =>
  async ({ data: { tenderId, lotId, winner, reason }, time, cause }) => {
    const cooperationId = idFrom({ id: `award/${tenderId}` }, winner.organisationId);
    await cooperations.change(
      cooperationId,
      (cooperation) => {
        if (isUnheardOf(cooperation, lotId))
          throw new Error(`the award of ${lotId} to ${winner.organisationId} is not known yet`);
        return loseLot(cooperation, { lotId, reason, at: time });
      },
      cause,
    );
  };
