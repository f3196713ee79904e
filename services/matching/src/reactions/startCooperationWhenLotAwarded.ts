import { idFrom } from '@umuhuza/eventing/cause';
import type { Reaction } from '@umuhuza/eventing/hear';
import { startCooperation } from '../cooperation/startCooperation.ts';
import type { CooperationBook } from '../cooperationBook.ts';
import type { Organisations } from '../organisations.ts';

/** One cooperation for each winner of a tender, however many lots it wins. */
export const startCooperationWhenLotAwarded =
  ({
    organisations,
    cooperations,
  }: {
    readonly organisations: Organisations;
    readonly cooperations: CooperationBook;
  }): Reaction<'tenders.LotAwarded'> =>
  async ({ data: { tenderId, title, buyer, winner, lotId }, time, cause }) => {
    const winning = await organisations.find(winner.organisationId);
    if (!winning) throw new Error(`the winner ${winner.organisationId} is not known yet`);
    const cooperationId = idFrom({ id: `award/${tenderId}` }, winner.organisationId);
    await cooperations.change(
      cooperationId,
      (cooperation) =>
        startCooperation(cooperation, {
          cooperationId,
          organisations: [buyer, winning],
          origin: { kind: 'award', id: tenderId },
          title,
          lotId,
          at: time,
        }),
      cause,
    );
  };
