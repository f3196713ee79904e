import type { Membership } from '@umuhuza/contracts/identity/schemas';
import type { Milestone } from '@umuhuza/contracts/tenders/award';
import type { TenderView } from '@umuhuza/contracts/tenders/schemas';
import { type ReactNode, useState } from 'react';
import { expecting } from '../../api/answers.ts';
import { tenders } from '../../api/platform.ts';
import { platformNow } from '../../api/serverClock.ts';
import { useReadAnew, useTenderCommand } from '../../api/tenders.ts';
import { ActionDialog } from '../../forms/ActionDialog.tsx';
import { BothClocks } from '../../parts/Times.tsx';
import { useText } from '../../texts/useText.ts';
import { type MilestoneFields, MilestoneRows } from './MilestoneRows.tsx';
import { Milestones } from './Milestones.tsx';
import { Reasoned } from './Reason.tsx';

type Lot = TenderView['lots'][number];
type ContractProps = {
  readonly tender: TenderView;
  readonly lot: Lot & { readonly award: NonNullable<Lot['award']> };
  readonly company: Membership;
};

/** What follows an award: the standstill, the contract, its milestones; each side sees what is its to do. */
export const Contract = ({ tender, lot, company }: ContractProps): ReactNode => {
  const { t } = useText('tenders');
  const { award } = lot;
  const { contract } = award;
  const isWinner = award.winner.organisationId === company.organisationId;
  const isStandstill = Date.parse(award.standstillUntil) > platformNow();
  const standstill = isStandstill && !contract && (
    <p className="note">
      {t('standstill-until')} <BothClocks instant={award.standstillUntil} />
    </p>
  );
  if (!tender.mine && !isWinner) return contract ? <p>{t(`contract-${contract.status}`)}</p> : standstill;
  const isSigned = contract !== undefined && contract.status !== 'offered';
  return (
    <div className="contract">
      {standstill}
      {contract && (
        <p>
          <strong>{t(`contract-${contract.status}`)}</strong>{' '}
          <BothClocks instant={contract.completedAt ?? contract.signedAt ?? contract.offeredAt} />
        </p>
      )}
      {!contract && !isStandstill && isWinner && <p>{t('contract-comes')}</p>}
      {contract?.milestones && (
        <Milestones tender={tender} lotId={lot.id} contract={contract} side={tender.mine ? 'buyer' : 'supplier'} />
      )}
      {!isSigned && (
        <div className="actions">
          {tender.mine && !isStandstill && <Offer tender={tender} lot={lot} />}
          {isWinner && contract && <Sign tender={tender} lotId={lot.id} contractId={contract.contractId} />}
          {isWinner && <Decline tender={tender} lotId={lot.id} />}
          {tender.mine && <Withdrawn tender={tender} lotId={lot.id} bidId={award.bidId} />}
        </div>
      )}
    </div>
  );
};

const Offer = ({ tender, lot }: Pick<ContractProps, 'tender' | 'lot'>): ReactNode => {
  const { t } = useText('tenders');
  const known = fieldsOf(lot.award.contract?.milestones ?? tender.milestones);
  const [begunWith, setBegunWith] = useState(known);
  const [milestones, setMilestones] = useState(known);
  const standing = lot.award.contract?.contractId ?? null;
  const [insteadOf, setInsteadOf] = useState(standing);
  const readAnew = useReadAnew(tender.id);
  /** What was typed before is kept, unless it was about milestones that are others by now. */
  const begin = () => {
    setInsteadOf(standing);
    if (JSON.stringify(known) === JSON.stringify(begunWith)) return;
    setBegunWith(known);
    setMilestones(known);
  };
  type Asked = { readonly named: MilestoneFields[]; readonly insteadOf: string | null };
  const offering = useTenderCommand(({ named, ...asked }: Asked, key) =>
    readAnew(
      expecting(
        200,
        tenders.offerContract({
          params: { id: tender.id, lotId: lot.id },
          body: named.length === 0 ? asked : { milestones: named, ...asked },
          headers: { 'idempotency-key': key },
        }),
      ),
    ),
  );
  return (
    <ActionDialog
      opener={t(lot.award.contract ? 'offer-anew' : 'offer-contract')}
      isMain={!lot.award.contract}
      title={t('offer-contract')}
      detail={<p>{t('offer-contract-detail')}</p>}
      action={t('offer-contract')}
      sending={offering}
      onOpen={begin}
      onSubmit={() => offering.mutate({ named: milestones, insteadOf })}
    >
      <MilestoneRows milestones={milestones} error={offering.error} onChange={setMilestones} />
    </ActionDialog>
  );
};

const fieldsOf = (milestones: readonly Milestone[]): MilestoneFields[] =>
  milestones.map(({ id, title, description, dueOn }) => ({
    id,
    title,
    ...(description === undefined ? {} : { description }),
    ...(dueOn === undefined ? {} : { dueOn }),
  }));

type SignProps = { readonly tender: TenderView; readonly lotId: string; readonly contractId: string };

const Sign = ({ tender, lotId, contractId }: SignProps): ReactNode => {
  const { t } = useText('tenders');
  const signing = useTenderCommand((_: null, key) =>
    expecting(
      200,
      tenders.signContract({
        params: { id: tender.id, lotId },
        body: { contractId },
        headers: { 'idempotency-key': key },
      }),
    ),
  );
  return (
    <ActionDialog
      opener={t('sign-contract')}
      isMain
      title={t('sign-contract')}
      detail={<p>{t('sign-contract-detail')}</p>}
      action={t('sign-contract')}
      sending={signing}
      onSubmit={() => signing.mutate(null)}
    />
  );
};

const Decline = ({ tender, lotId }: Omit<SignProps, 'contractId'>): ReactNode => {
  const { t } = useText('tenders');
  const declining = useTenderCommand((reason: string, key) =>
    expecting(
      200,
      tenders.declineAward({ params: { id: tender.id, lotId }, body: { reason }, headers: { 'idempotency-key': key } }),
    ),
  );
  return (
    <Reasoned
      opener={t('decline-award')}
      isDangerous
      title={t('decline-award')}
      detail={<p>{t('decline-award-detail')}</p>}
      label={t('reason')}
      sending={declining}
      onSubmit={declining.mutate}
    />
  );
};

const Withdrawn = ({ tender, lotId, bidId }: Omit<SignProps, 'contractId'> & { readonly bidId: string }): ReactNode => {
  const { t } = useText('tenders');
  const noting = useTenderCommand((reason: string, key) =>
    expecting(
      200,
      tenders.noteWithdrawal({
        params: { id: tender.id, lotId },
        body: { bidId, reason },
        headers: { 'idempotency-key': key },
      }),
    ),
  );
  return (
    <Reasoned
      opener={t('note-withdrawal')}
      isDangerous
      title={t('note-withdrawal')}
      detail={<p>{t('note-withdrawal-detail')}</p>}
      label={t('reason')}
      sending={noting}
      onSubmit={noting.mutate}
    />
  );
};
