import type { ReactNode } from 'react';
import { ConnectionLost, Refused } from '../api/answers.ts';
import { NotSaved } from '../forms/saveAll.ts';
import { useText } from '../texts/useText.ts';

type FailureProps = {
  readonly error: Error;
  readonly onRetry?: () => void;
  /** Each objection is listed, with the field's name in the interface. */
  readonly withIssues?: boolean;
};

/** Why something is not there, and what can be done. */
export const Failure = ({ error, onRetry, withIssues = true }: FailureProps): ReactNode => {
  const { t, refusal, objection } = useText();
  const problem = error instanceof Refused ? error.problem : undefined;
  const told = problem && refusal(problem);
  return (
    <div className="failure" role="alert">
      {problem ? (
        <>
          <p lang={told?.language}>
            <strong>{told?.title}</strong>
            <br />
            {told?.detail}
          </p>
          {withIssues && problem.issues && (
            <ul>
              {problem.issues.map(({ path, message }) => (
                <li key={`${path} ${message}`}>
                  {path.replace(/^body\./, '')}: {objection(message)}
                </li>
              ))}
            </ul>
          )}
          <p className="quiet">
            <a href={problem.type}>{t('about-this-refusal')}</a>
            {problem.instance !== '' && <> · {t('request-id', { id: problem.instance })}</>}
          </p>
        </>
      ) : (
        <p>
          {error instanceof NotSaved
            ? t(`not-saved-${error.why}`)
            : t(error instanceof ConnectionLost ? 'cannot-reach' : 'cannot-load')}
        </p>
      )}
      {onRetry && (
        <button type="button" onClick={onRetry}>
          {t('try-again')}
        </button>
      )}
    </div>
  );
};
