import { timeCause } from '@umuhuza/eventing/cause';
import type { Clock } from '@umuhuza/service/clock';
import { eachInTurn } from '@umuhuza/service/eachInTurn';
import { remindBuyer } from '../tender/remindBuyer.ts';
import type { TenderBook } from '../tenderBook.ts';

const batch = 100;

/** Tells buyers once a week that others wait for them, until nobody does. When it was told lies with the tender: it outlasts restarts. */
export const remindBuyersWhenDue =
  ({ tenders, clock }: { readonly tenders: TenderBook; readonly clock: Clock }) =>
  async (): Promise<void> => {
    await eachInTurn(await tenders.dueToRemind(clock(), batch), (id) =>
      tenders.change(id, (tender) => remindBuyer(tender, { at: clock() }), timeCause('buyer-reminded', clock())),
    );
  };
