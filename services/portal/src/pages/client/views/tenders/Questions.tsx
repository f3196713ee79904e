import type { QuestionView, TenderView } from '@umuhuza/contracts/tenders/schemas';
import { type ReactNode, useState } from 'react';
import { expecting } from '../../api/answers.ts';
import { tenders } from '../../api/platform.ts';
import { useTenderCommand } from '../../api/tenders.ts';
import { ActionDialog } from '../../forms/ActionDialog.tsx';
import { Radios } from '../../forms/Choice.tsx';
import { TextArea } from '../../forms/TextArea.tsx';
import { Card } from '../../parts/Card.tsx';
import { BothClocks } from '../../parts/Times.tsx';
import { useText } from '../../texts/useText.ts';
import { useFollowAlong } from './FollowAlong.tsx';
import { Reasoned } from './Reason.tsx';

/** What was asked and answered in public; nobody learns who asked. */
export const Questions = ({ tender }: { readonly tender: TenderView }): ReactNode => {
  const { t } = useText('tenders');
  const { questions, mine: isBuyer, status } = tender;
  return (
    <Card title={t('questions')}>
      {tender.openingWaitsFor !== undefined && tender.openingWaitsFor.length > 0 && <p className="note">{t('opening-waits')}</p>}
      {questions.length === 0 ? (
        <p className="quiet">{t('no-questions')}</p>
      ) : (
        <ul className="list">
          {questions.map((question) => (
            <Asked key={question.id} tender={tender} question={question} />
          ))}
        </ul>
      )}
      {!isBuyer && status === 'published' && <Ask tender={tender} />}
    </Card>
  );
};

const Asked = ({
  tender,
  question: { id, question, answer, rejectedBecause, askedAt, mine },
}: {
  readonly tender: TenderView;
  readonly question: QuestionView;
}): ReactNode => {
  const { t } = useText('tenders');
  const isOpen = answer === undefined && rejectedBecause === undefined;
  return (
    <li>
      <p className="text">
        <strong>{question}</strong>
      </p>
      <p className="quiet">
        <BothClocks instant={askedAt} />
        {mine && ` · ${t('your-question')}`}
      </p>
      <p className={answer === undefined ? 'quiet' : 'text'}>
        {answer ?? (rejectedBecause === undefined ? t('not-answered') : `${t('question-rejected')} ${rejectedBecause}`)}
      </p>
      {tender.mine && isOpen && (tender.status === 'published' || tender.status === 'closed') && (
        <Answer tenderId={tender.id} questionId={id} question={question} />
      )}
    </li>
  );
};

const Ask = ({ tender }: { readonly tender: TenderView }): ReactNode => {
  const { t } = useText('tenders');
  const { id } = tender;
  const { offer, follow } = useFollowAlong(tender, 'question');
  const asking = useTenderCommand(async (question: string, key, stillWanted) => {
    await follow();
    stillWanted();
    return expecting(201, tenders.ask({ params: { id }, body: { question }, headers: { 'idempotency-key': key } }));
  });
  return (
    <div className="actions">
      <Reasoned
        opener={t('ask-question')}
        title={t('ask-question')}
        detail={<p>{t('ask-question-detail')}</p>}
        label={t('your-question-label')}
        name="question"
        sending={asking}
        onSubmit={asking.mutate}
        along={offer}
      />
    </div>
  );
};

type AnswerProps = { readonly tenderId: string; readonly questionId: string; readonly question: string };
const ways = ['answer', 'reject'] as const;

const Answer = ({ tenderId, questionId, question }: AnswerProps): ReactNode => {
  const { t } = useText('tenders');
  const [way, setWay] = useState<(typeof ways)[number]>('answer');
  const [text, setText] = useState('');
  const answering = useTenderCommand((body: { readonly answer: string } | { readonly rejectedBecause: string }, key) =>
    expecting(200, tenders.answer({ params: { id: tenderId, questionId }, body, headers: { 'idempotency-key': key } })),
  );
  return (
    <div className="actions">
      <ActionDialog
        opener={t('answer-question')}
        title={t('answer-question')}
        detail={<p>{question}</p>}
        action={t(way === 'answer' ? 'answer-for-all' : 'reject-question')}
        sending={answering}
        onSubmit={() => answering.mutate(way === 'answer' ? { answer: text } : { rejectedBecause: text })}
      >
        <Radios
          name="way"
          label={t('how')}
          options={ways.map((each) => ({ value: each, label: t(`way-${each}`) }))}
          value={way}
          onChange={setWay}
        />
        <TextArea
          name={way === 'answer' ? 'answer' : 'rejectedBecause'}
          label={t(way === 'answer' ? 'answer' : 'reason')}
          hint={t('all-read-it')}
          maxLength={way === 'answer' ? 5_000 : 2_000}
          value={text}
          error={answering.error}
          onChange={setText}
        />
      </ActionDialog>
    </div>
  );
};
