import type { MyBid, TenderView } from '@umuhuza/contracts/tenders/schemas';
import type { ReactNode } from 'react';
import { expecting } from '../../api/answers.ts';
import { tenders } from '../../api/platform.ts';
import { useTenderCommand } from '../../api/tenders.ts';
import { BothClocks } from '../../parts/Times.tsx';
import { useText } from '../../texts/useText.ts';
import { inPoints } from '../../times.ts';
import { whyOutcome } from './because.ts';
import { Reasoned } from './Reason.tsx';
import { Shares } from './Shares.tsx';

type OutcomesProps = { readonly tender: TenderView; readonly bid: MyBid };

/** What became of the own bid for each lot: its rank, its points and why; and the one question that may be asked about it. */
export const Outcomes = ({ tender, bid }: OutcomesProps): ReactNode => {
  const { t, language } = useText('tenders');
  const [anyLot] = tender.lots;
  if (bid.status === 'not-opened' && anyLot) return <Asked tender={tender} lotId={anyLot.id} clarification={bid.clarification} />;
  if (bid.outcomes.length === 0) return null;
  return (
    <ul className="list">
      {bid.outcomes.map((outcome) => (
        <li key={outcome.lotId}>
          <p>
            <strong>{t(`outcome-${outcome.outcome}`)}</strong>{' '}
            {tender.lots.length > 1 && tender.lots.find(({ id }) => id === outcome.lotId)?.title}{' '}
            <span className="quiet">
              <BothClocks instant={outcome.at} />
            </span>
          </p>
          {outcome.rank !== undefined && (
            <p>
              {t(outcome.of === undefined ? 'rank-and-points' : 'rank-of-and-points', {
                rank: outcome.rank,
                of: outcome.of ?? 0,
                points: inPoints(outcome.points ?? 0, language),
              })}
            </p>
          )}
          {outcome.shares && <Shares shares={outcome.shares} criteria={tender.criteria} />}
          <p className="text">{whyOutcome(outcome, { t, language })}</p>
          <Asked tender={tender} lotId={outcome.lotId} clarification={outcome.clarification} />
        </li>
      ))}
    </ul>
  );
};

type AskedProps = {
  readonly tender: TenderView;
  readonly lotId: string;
  readonly clarification: MyBid['clarification'];
};

const Asked = ({ tender, lotId, clarification }: AskedProps): ReactNode => {
  const { t } = useText('tenders');
  if (!clarification) return <AskOnce tender={tender} lotId={lotId} />;
  return (
    <div className="asked">
      <p className="text">
        <strong>{clarification.question}</strong>
      </p>
      <p className={clarification.answer === undefined ? 'quiet' : 'text'}>{clarification.answer ?? t('not-answered')}</p>
    </div>
  );
};

const AskOnce = ({ tender, lotId }: { readonly tender: TenderView; readonly lotId: string }): ReactNode => {
  const { t } = useText('tenders');
  const asking = useTenderCommand((question: string, key) =>
    expecting(
      200,
      tenders.askClarification({
        params: { id: tender.id, lotId },
        body: { question },
        headers: { 'idempotency-key': key },
      }),
    ),
  );
  return (
    <div className="actions">
      <Reasoned
        opener={t('ask-about-outcome')}
        title={t('ask-about-outcome')}
        detail={<p>{t('ask-about-outcome-detail')}</p>}
        label={t('your-question-label')}
        name="question"
        sending={asking}
        onSubmit={asking.mutate}
      />
    </div>
  );
};
