import type { QuestionView, TenderView } from '@umuhuza/contracts/tenders/schemas';
import type { ReactNode } from 'react';
import { Card } from '../parts/Card.tsx';
import { BothClocks } from '../parts/Times.tsx';
import { useText } from '../texts/useText.ts';

/** What was asked and answered in public; nobody learns who asked. */
export const Questions = ({ questions }: { readonly questions: readonly QuestionView[] }): ReactNode => {
  const { t } = useText();
  return (
    <Card title={t('questions')}>
      {questions.length === 0 ? (
        <p className="quiet">{t('no-questions')}</p>
      ) : (
        <ul className="list">
          {questions.map(({ id, question, answer, rejectedBecause, askedAt, mine }) => (
            <li key={id}>
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
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
};

export const History = ({ amendments }: Pick<TenderView, 'amendments'>): ReactNode => {
  const { t } = useText();
  return (
    <Card title={t('amendments')}>
      <ul className="list">
        {amendments.map(({ at, changed, reason }) => (
          <li key={at}>
            <p className="quiet">
              <BothClocks instant={at} />
            </p>
            <p>{reason ?? <span lang="en">{changed.join(', ')}</span>}</p>
          </li>
        ))}
      </ul>
    </Card>
  );
};
