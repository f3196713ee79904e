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
        {amendments.map(({ at, changed, reason, changes, changesWhatIsAsked }) => (
          <li key={at}>
            <p className="quiet">
              <BothClocks instant={at} />
            </p>
            {reason && <p>{reason}</p>}
            {changesWhatIsAsked && <p>{t('bids-to-be-confirmed')}</p>}
            {changed.map((term) => (
              <p key={term} className="text">
                <span lang="en">{term}</span>
                <FromTo change={changes.find((one) => one.term === term)} />
              </p>
            ))}
          </li>
        ))}
      </ul>
    </Card>
  );
};

/** What was and what became, where each is a word, a sum or a sentence; lists and long texts are read in the tender itself. */
const FromTo = ({ change }: { readonly change: TenderView['amendments'][number]['changes'][number] | undefined }): ReactNode => {
  const shown = [change?.from, change?.to].map(inShort);
  if (!change || shown.includes(undefined)) return null;
  return (
    <>
      : <del>{shown[0]}</del> → <ins>{shown[1]}</ins>
    </>
  );
};

const longest = 300;

const inShort = (value: unknown): ReactNode | undefined => {
  if (value === undefined) return '–';
  if (typeof value === 'string' && isInstant.test(value)) return <BothClocks instant={value} />;
  if (typeof value === 'string') return value.length > longest ? undefined : value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
};
const isInstant = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/;
