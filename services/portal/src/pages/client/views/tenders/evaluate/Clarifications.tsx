import type { OpenedBids, TenderView } from '@umuhuza/contracts/tenders/schemas';
import type { ReactNode } from 'react';
import { expecting } from '../../../api/answers.ts';
import { tenders } from '../../../api/platform.ts';
import { useTenderCommand } from '../../../api/tenders.ts';
import { BothClocks } from '../../../parts/Times.tsx';
import { useText } from '../../../texts/useText.ts';
import { Reasoned } from '../Reason.tsx';

type ClarificationsProps = { readonly tender: TenderView; readonly clarifications: OpenedBids['clarifications'] };

/** What bidders asked about their outcome; each answer is for its bidder's eyes only. */
export const Clarifications = ({ tender, clarifications }: ClarificationsProps): ReactNode => (
  <ul className="list">
    {clarifications.map(({ id, question, askedAt, answer, bidder }) => (
      <li key={id}>
        <p className="quiet">
          {bidder.name ?? bidder.organisationId} · <BothClocks instant={askedAt} />
        </p>
        <p className="text">
          <strong>{question}</strong>
        </p>
        {answer === undefined ? <Answer tender={tender} id={id} question={question} /> : <p className="text">{answer}</p>}
      </li>
    ))}
  </ul>
);

type AnswerProps = { readonly tender: TenderView; readonly id: string; readonly question: string };

const Answer = ({ tender, id: clarificationId, question }: AnswerProps): ReactNode => {
  const { t } = useText('tenders');
  const answering = useTenderCommand((answer: string, key) =>
    expecting(
      200,
      tenders.answerClarification({
        params: { id: tender.id, clarificationId },
        body: { answer },
        headers: { 'idempotency-key': key },
      }),
    ),
  );
  return (
    <div className="actions">
      <Reasoned
        opener={t('answer-question')}
        title={t('answer-question')}
        detail={<p>{question}</p>}
        label={t('answer')}
        name="answer"
        maxLength={5_000}
        sending={answering}
        onSubmit={answering.mutate}
      />
    </div>
  );
};
