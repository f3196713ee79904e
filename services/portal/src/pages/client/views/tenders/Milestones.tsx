import type { ContractView } from '@umuhuza/contracts/tenders/award';
import type { TenderView } from '@umuhuza/contracts/tenders/schemas';
import type { ReactNode } from 'react';
import { expecting } from '../../api/answers.ts';
import { tenders } from '../../api/platform.ts';
import { useTenderCommand } from '../../api/tenders.ts';
import { ActionDialog } from '../../forms/ActionDialog.tsx';
import { BothClocks } from '../../parts/Times.tsx';
import { useText } from '../../texts/useText.ts';
import { onDay } from '../../times.ts';
import { MilestoneDocuments } from './MilestoneDocuments.tsx';

type Side = 'buyer' | 'supplier';
type MilestonesProps = {
  readonly tender: TenderView;
  readonly lotId: string;
  readonly contract: ContractView;
  /** On which side of the contract the reader is. */
  readonly side: Side;
};

/** The steps of the contract, and who has said that they are reached. */
export const Milestones = ({ tender, lotId, contract, side }: MilestonesProps): ReactNode => {
  const { t, language } = useText('tenders');
  return (
    <ol className="list">
      {(contract.milestones ?? []).map((milestone) => (
        <li key={milestone.id}>
          <strong>{milestone.title}</strong>
          {milestone.description && <p className="text">{milestone.description}</p>}
          {milestone.dueOn && (
            <p className="quiet">
              {t('due-on')} {onDay(milestone.dueOn, language)}
            </p>
          )}
          {contract.status !== 'offered' &&
            (['buyer', 'supplier'] as const).map((one) => {
              const at = milestone.signedOff[one];
              return (
                <p key={one} className="quiet">
                  {t(`side-${one}`)}: {at === undefined ? t('not-signed-off') : <BothClocks instant={at} />}
                </p>
              );
            })}
          {contract.status !== 'offered' && (
            <MilestoneDocuments tender={tender} lotId={lotId} milestone={milestone} isOpen={contract.status === 'signed'} />
          )}
          {contract.status === 'signed' && milestone.signedOff[side] === undefined && (
            <SignOff tender={tender} lotId={lotId} milestone={milestone} />
          )}
        </li>
      ))}
    </ol>
  );
};

type SignOffProps = {
  readonly tender: TenderView;
  readonly lotId: string;
  readonly milestone: { readonly id: string; readonly title: string };
};

const SignOff = ({ tender, lotId, milestone }: SignOffProps): ReactNode => {
  const { t } = useText('tenders');
  const signing = useTenderCommand((milestoneId: string, key) =>
    expecting(
      200,
      tenders.signOffMilestone({
        params: { id: tender.id, lotId, milestoneId },
        body: {},
        headers: { 'idempotency-key': key },
      }),
    ),
  );
  return (
    <div className="actions">
      <ActionDialog
        opener={t('sign-off')}
        title={t('sign-off-title', { milestone: milestone.title })}
        detail={<p>{t('sign-off-detail')}</p>}
        action={t('sign-off')}
        sending={signing}
        onSubmit={() => signing.mutate(milestone.id)}
      />
    </div>
  );
};
