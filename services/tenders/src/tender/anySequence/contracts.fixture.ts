import fc from 'fast-check';
import { addMilestoneDocument } from '../addMilestoneDocument.ts';
import { answerClarification } from '../answerClarification.ts';
import { askClarification } from '../askClarification.ts';
import { isAward } from '../awards.ts';
import { offerContract } from '../offerContract.ts';
import { remindBuyer } from '../remindBuyer.ts';
import { signContract } from '../signContract.ts';
import { signOffMilestone } from '../signOffMilestone.ts';
import { openingOf } from '../tender.ts';
import { anyone, as, at, type Command, firm, lot, type World } from './world.fixture.ts';
import { document, documentOf } from './writing.fixture.ts';

const contractOf = ({ tender }: World, lotId: string) => {
  const result = openingOf(tender)?.results.find((one) => one.lotId === lotId);
  return isAward(result) ? result.contract : undefined;
};

export const offers = fc.tuple(anyone, lot).map(
  ([by, lotId]): Command =>
    (world) =>
      offerContract(world.tender, { by: as(by), lotId, contractId: `c${world.minute}`, at: at(world) }),
);

export const signs = fc.tuple(anyone, lot).map(
  ([by, lotId]): Command =>
    (world) =>
      signContract(world.tender, { by: as(by), lotId, contractId: contractOf(world, lotId)?.contractId ?? 'c', at: at(world) }),
);

/** As its two sides would: offered, signed by the winner, signed off by both. */
export const contracts = fc.tuple(lot, fc.nat(3)).map(
  ([lotId, step]): Command =>
    (world) => {
      const result = openingOf(world.tender)?.results.find((one) => one.lotId === lotId);
      if (!isAward(result)) return [];
      const [buyer, supplier] = [as('buyer'), as(result.winner)];
      const contractId = result.contract?.contractId ?? `c${world.minute}`;
      switch (step) {
        case 0:
          return offerContract(world.tender, { by: buyer, lotId, contractId, at: at(world) });
        case 1:
          return signContract(world.tender, { by: supplier, lotId, contractId, at: at(world) });
        default:
          return signOffMilestone(world.tender, { by: step === 2 ? buyer : supplier, lotId, milestoneId: 'm', at: at(world) });
      }
    },
);

export const signsOff = fc.tuple(anyone, lot).map(
  ([by, lotId]): Command =>
    (world) =>
      signOffMilestone(world.tender, { by: as(by), lotId, milestoneId: 'm', at: at(world) }),
);

export const delivers = fc.tuple(anyone, lot, document).map(
  ([by, lotId, id]): Command =>
    (world) =>
      addMilestoneDocument(world.tender, { by: as(by), lotId, milestoneId: 'm', document: documentOf(id), at: at(world) }),
);

export const asks = fc.tuple(anyone, lot).map(
  ([by, lotId]): Command =>
    (world) =>
      askClarification(world.tender, {
        by: as(by),
        lotId,
        clarificationId: `k-${by}-${lotId}`,
        question: `${world.minute}`,
        at: at(world),
      }),
);

export const reminds = fc.constant<Command>((world) => remindBuyer(world.tender, { at: at(world) }));

export const explains = fc.tuple(anyone, firm, lot).map(
  ([by, bidder, lotId]): Command =>
    (world) =>
      answerClarification(world.tender, { by: as(by), clarificationId: `k-${bidder}-${lotId}`, answer: 'So.', at: at(world) }),
);

/** As a buyer would who leaves no question open. */
export const explainsAll = fc.constant<Command>((world) => {
  const open = openingOf(world.tender)?.clarifications?.find(({ answer }) => answer === undefined);
  return open
    ? answerClarification(world.tender, { by: as('buyer'), clarificationId: open.id, answer: 'So.', at: at(world) })
    : [];
});
