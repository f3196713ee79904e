import { type ReactNode, useEffect, useRef, useState } from 'react';
import { Refused } from '../api/answers.ts';
import { Failure } from '../parts/Failure.tsx';
import { useText } from '../texts/useText.ts';
import { pathIn, placesOf } from './issues.ts';

type Objection = { readonly message: string; readonly place: string; readonly input: HTMLElement | undefined };

/** Why a form was not taken; it takes the focus, and leads to each field that is objected to. */
export const ErrorSummary = ({ error }: { readonly error: Error }): ReactNode => {
  const { objection } = useText();
  const box = useRef<HTMLDivElement>(null);
  const [objections, setObjections] = useState<readonly Objection[]>([]);
  useEffect(() => {
    const issues = error instanceof Refused ? (error.problem.issues ?? []) : [];
    setObjections(
      issues.map(({ path, message }) => ({ message, ...inputAt(box.current?.closest('form, .form'), pathIn(path)) })),
    );
    box.current?.focus();
  }, [error]);
  return (
    <div ref={box} tabIndex={-1} className="summary">
      <Failure error={error} withIssues={objections.length === 0} />
      {objections.length > 0 && (
        <ul className="objections">
          {objections.map(({ message, place, input }) => (
            <li key={`${place} ${message}`}>
              {input ? (
                <button type="button" className="plain" onClick={() => input.focus()}>
                  {place}
                </button>
              ) : (
                place
              )}
              : {objection(message)}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
};

/** The field that an objection is about, by its name in the form, and what it is called. */
const inputAt = (
  form: Element | null | undefined,
  path: string,
): { readonly place: string; readonly input: HTMLElement | undefined } => {
  for (const name of placesOf(path)) {
    const input = form?.querySelector<HTMLInputElement>(`[name="${CSS.escape(name)}"]`);
    if (input) return { place: input.labels?.[0]?.textContent ?? path, input };
  }
  return { place: path, input: undefined };
};
