import type { Membership } from '@umuhuza/contracts/identity/schemas';
import type { EvaluationView } from '@umuhuza/contracts/tenders/evaluation';
import type { TenderView } from '@umuhuza/contracts/tenders/schemas';
import { type ReactNode, useState } from 'react';
import { expecting } from '../../../api/answers.ts';
import { tenders } from '../../../api/platform.ts';
import { useReadAnew, useTenderCommand } from '../../../api/tenders.ts';
import { ActionDialog } from '../../../forms/ActionDialog.tsx';
import { Checkboxes } from '../../../forms/Choice.tsx';
import { Card } from '../../../parts/Card.tsx';
import { useText } from '../../../texts/useText.ts';
import { Reasoned } from '../Reason.tsx';
import { peopleToAppoint } from './peopleToAppoint.ts';
import { useMembers } from './useMembers.ts';

type EvaluatorsProps = {
  readonly tender: TenderView;
  readonly evaluation: EvaluationView | undefined;
  readonly company: Membership;
  /** Whose bid it is. */
  readonly bidderOf: (bidId: string) => string;
};

/** Who scores, and how far they are. */
export const Evaluators = ({ tender, evaluation, company, bidderOf }: EvaluatorsProps): ReactNode => {
  const { t } = useText('tenders');
  const { members, nameOf } = useMembers(company, t('former-member'));
  const closing = useTenderCommand((reason: string, key) =>
    expecting(200, tenders.closeScoring({ params: { id: tender.id }, body: { reason }, headers: { 'idempotency-key': key } })),
  );
  const appointed = evaluation?.evaluators.map(({ userId }) => userId) ?? [];
  const isOpen = tender.status === 'opened' && evaluation?.ended === undefined;
  return (
    <Card title={t('evaluators')}>
      {evaluation ? (
        <ul className="list">
          {evaluation.evaluators.map(({ userId, finished, conflicts }) => (
            <li key={userId}>
              <div className="line-head whole">
                <span>{nameOf(userId)}</span>
                <span className="quiet">{t(finished ? 'has-finished' : 'has-not-finished')}</span>
              </div>
              {conflicts.map(({ bidId, reason }) => (
                <p key={bidId} className="quiet">
                  {t('conflict-with', { bidder: bidderOf(bidId) })} {reason}
                </p>
              ))}
            </li>
          ))}
        </ul>
      ) : (
        <p>{t('no-evaluators-appointed')}</p>
      )}
      {evaluation?.ended?.reason && <p>{evaluation.ended.reason}</p>}
      {isOpen && members && (
        <div className="actions">
          <Appoint
            tender={tender}
            people={peopleToAppoint(members, appointed).map((userId) => ({ value: userId, label: nameOf(userId) }))}
            appointed={appointed}
          />
          {evaluation && (
            <Reasoned
              opener={t('close-scoring')}
              title={t('close-scoring')}
              detail={<p>{t('close-scoring-detail')}</p>}
              label={t('reason')}
              sending={closing}
              onSubmit={closing.mutate}
            />
          )}
        </div>
      )}
    </Card>
  );
};

type AppointProps = {
  readonly tender: TenderView;
  readonly people: readonly { readonly value: string; readonly label: string }[];
  readonly appointed: readonly string[];
};

const Appoint = ({ tender, people, appointed }: AppointProps): ReactNode => {
  const { t } = useText('tenders');
  const [chosen, setChosen] = useState(appointed);
  const [insteadOf, setInsteadOf] = useState(appointed);
  const readAnew = useReadAnew(tender.id);
  const appointing = useTenderCommand((body: { readonly evaluators: string[]; readonly insteadOf: string[] }) =>
    readAnew(expecting(200, tenders.appointEvaluators({ params: { id: tender.id }, body }))),
  );
  return (
    <ActionDialog
      opener={t('appoint-evaluators')}
      title={t('appoint-evaluators')}
      detail={<p>{t('appoint-evaluators-detail')}</p>}
      action={t('appoint')}
      sending={appointing}
      onOpen={() => {
        setChosen(appointed);
        setInsteadOf(appointed);
      }}
      onSubmit={() => appointing.mutate({ evaluators: [...chosen], insteadOf: [...insteadOf] })}
    >
      <Checkboxes
        name="evaluators"
        label={t('members')}
        options={people}
        values={chosen}
        error={appointing.error}
        onChange={setChosen}
      />
    </ActionDialog>
  );
};
