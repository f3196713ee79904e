import type { TenderView } from '@umuhuza/contracts/tenders/schemas';
import { commandId } from '@umuhuza/eventing/cause';
import type { Company } from '../../door.ts';
import { effect } from '../check/effects.ts';
import type { Stage } from './stage.ts';

type Award = Extract<NonNullable<TenderView['lots'][number]['award']>, { winner: unknown }>;

/**
 * What follows an award: now and then the winner gives it back while the contract is being offered, so that the lot passes to the next; the
 * contract is offered twice at once, signed, and each milestone is signed off by both sides at once; a loser asks why.
 */
export const settleContract = async (stage: Stage, buyer: Company, id: string): Promise<void> => {
  const { act, random, number } = stage;
  const of = (path: string) => `/api/tenders/${id}/${path}`;
  const post = (what: string, by: Company, path: string, body: unknown, event: string) =>
    act({
      ...{ what, by, method: 'POST' as const, path: of(path), body, about: id },
      effect: (key) => effect.said(`tenders.${event}`, commandId(by.organisationId, key)),
    });
  const companyOf = (organisationId: string) => stage.rwandans.find((one) => one.organisationId === organisationId);
  const awardAt = async (reader: Company): Promise<Award | undefined> => {
    const seen = await stage.read(reader, `/api/tenders/${id}`);
    return seen?.status === 200 ? (seen.body as TenderView).lots[0]?.award : undefined;
  };
  const offer = () => post('offers a contract', buyer, 'lots/lot/contract', {}, 'ContractOffered');

  const first = await awardAt(buyer);
  const winner = first && companyOf(first.winner.organisationId);
  if (!winner) return;
  if (random.chance(0.3))
    await Promise.all([
      offer(),
      post('declines an award', winner, 'lots/lot/decline', { reason: `Our team is bound. ${number()}` }, 'AwardLapsed'),
    ]);
  else await Promise.all([offer(), offer()]);

  const last = await awardAt(buyer);
  const supplier = last && companyOf(last.winner.organisationId);
  if (!last || !supplier) return;
  const contractId = (await awardAt(supplier))?.contract?.contractId;
  if (contractId === undefined) return;
  await post('signs a contract', supplier, 'lots/lot/contract/sign', { contractId }, 'ContractSigned');
  const { milestones = [] } = (await awardAt(supplier))?.contract ?? {};
  await Promise.all(
    milestones.flatMap((milestone) =>
      [buyer, supplier].map((side) =>
        post('signs off a milestone', side, `lots/lot/contract/milestones/${milestone.id}/sign-off`, {}, 'MilestoneSignedOff'),
      ),
    ),
  );
  const loser = random.pick(stage.rwandans.filter((one) => one !== winner && one !== supplier));
  await post('asks for a clarification', loser, 'lots/lot/clarification', { question: `Why? ${number()}` }, 'ClarificationAsked');
};
