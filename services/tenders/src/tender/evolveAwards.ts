import type { Contract, ContractMilestone, Lapse } from './contract.ts';
import { evolveClarifications } from './evolveClarifications.ts';
import type { Awarded, LotResult, Opened, Outcome, TenderFact, Unsuccessful } from './tender.ts';

/** What becomes of the lots, from the first award to the last sign-off. */
export const evolveAwards = <State extends Opened | Awarded | Unsuccessful>(tender: State, fact: TenderFact): State => {
  switch (fact.type) {
    case 'LotAwarded': {
      const { type, ...result } = fact;
      return { ...tender, changedAt: fact.at, results: [...tender.results, { kind: 'awarded', ...result }] };
    }
    case 'LotDeclaredUnsuccessful': {
      const { type, ...result } = fact;
      return { ...tender, changedAt: fact.at, results: [...tender.results, { kind: 'unsuccessful', ...result }] };
    }
    case 'AwardLapsed': {
      const { type, ...lapse } = fact;
      return {
        ...tender,
        changedAt: fact.at,
        results: tender.results.filter(({ lotId }) => lotId !== lapse.lotId),
        lapses: [...(tender.lapses ?? []), { ...lapse, ...awardedBefore(tender, lapse.lotId) }],
        outcomes: tender.outcomes.map((outcome) =>
          outcome.lotId === lapse.lotId && outcome.bidId === lapse.bidId ? cameToNothing(outcome, lapse) : outcome,
        ),
      };
    }
    case 'BidderInformed': {
      const { type, ...outcome } = fact;
      const others = tender.outcomes.filter(({ lotId, bidId }) => lotId !== outcome.lotId || bidId !== outcome.bidId);
      return { ...tender, outcomes: [...others, outcome] };
    }
    case 'ContractOffered': {
      const { contractId, milestones, at } = fact;
      const offered = { contractId, milestones: milestones.map((one) => ({ ...one, signedOff: {} })), offeredAt: at };
      return withContract(tender, fact.lotId, () => offered);
    }
    case 'ContractSigned':
      return { ...withContract(tender, fact.lotId, signed(fact.at)), changedAt: fact.at };
    case 'MilestoneSignedOff':
      return withMilestone(tender, fact, (one) => ({ ...one, signedOff: { ...one.signedOff, [fact.side]: fact.at } }));
    case 'MilestoneDocumentAdded':
      return withMilestone(tender, fact, (one) => ({ ...one, documents: [...(one.documents ?? []), fact.document] }));
    case 'ContractCompleted':
      return {
        ...withContract(tender, fact.lotId, (contract) => contract && { ...contract, completedAt: fact.at }),
        changedAt: fact.at,
      };
    case 'BuyerReminded':
      return { ...tender, remindedAt: fact.at };
    case 'LeftoversDeleted':
      return { ...tender, leftovers: false };
    default:
      return evolveClarifications(tender, fact);
  }
};

const cameToNothing = ({ because, said, how: _, ...outcome }: Outcome, { how, reason, at }: Omit<Lapse, 'awarded'>): Outcome => ({
  ...outcome,
  outcome: how,
  reason,
  at,
});

/** What the list of results loses by a lapse. */
const awardedBefore = ({ results }: Pick<Opened, 'results'>, lotId: string): Pick<Lapse, 'awarded'> => {
  const award = results.find((result) => result.lotId === lotId);
  if (award?.kind !== 'awarded') return {};
  const { value, reason, at } = award;
  return { awarded: { value, reason, at } };
};

const signed = (at: string) => (contract: Contract | undefined) => contract && { ...contract, signedAt: at };

const withMilestone = <State extends { readonly results: readonly LotResult[] }>(
  tender: State,
  { lotId, milestoneId }: { readonly lotId: string; readonly milestoneId: string },
  change: (milestone: ContractMilestone) => ContractMilestone,
): State =>
  withContract(
    tender,
    lotId,
    (contract) =>
      contract && { ...contract, milestones: contract.milestones.map((one) => (one.id === milestoneId ? change(one) : one)) },
  );

const withContract = <State extends { readonly results: readonly LotResult[] }>(
  tender: State,
  lotId: string,
  change: (contract: Contract | undefined) => Contract | undefined,
): State => ({
  ...tender,
  results: tender.results.map((result) => {
    const contract = result.lotId === lotId && result.kind === 'awarded' ? change(result.contract) : undefined;
    return contract ? { ...result, contract } : result;
  }),
});
