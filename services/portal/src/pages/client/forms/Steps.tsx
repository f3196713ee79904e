import { type ReactNode, useEffect, useRef } from 'react';
import { useText } from '../texts/useText.ts';

export type Step = { readonly name: string; readonly label: string };

type StepsProps = {
  readonly steps: readonly Step[];
  readonly current: string;
  /** Where a step is. */
  readonly hrefOf: (name: string) => string;
  readonly children: ReactNode;
};

/** A form in steps: each has an address of its own, and any of them may be gone to at any time. */
export const Steps = ({ steps, current, hrefOf, children }: StepsProps): ReactNode => {
  const { t } = useText('forms');
  const at = steps.findIndex(({ name }) => name === current);
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => {
    const link = list.current?.children[at];
    // Only the row of steps is moved, not the page.
    if (link instanceof HTMLElement) list.current?.scrollTo({ left: link.offsetLeft - list.current.offsetLeft - 24 });
  }, [at]);
  const before = steps[at - 1];
  const after = steps[at + 1];
  return (
    <>
      <nav className="steps" aria-label={t('steps')}>
        <ol ref={list}>
          {steps.map(({ name, label }) => (
            <li key={name}>
              <a href={hrefOf(name)} aria-current={name === current ? 'step' : undefined}>
                {label}
              </a>
            </li>
          ))}
        </ol>
      </nav>
      <section className="card step" aria-labelledby="step">
        <div>
          <p className="quiet">{t('step-of', { step: at + 1, steps: steps.length })}</p>
          <h2 id="step">{steps[at]?.label}</h2>
        </div>
        {children}
        <p className="between">
          {before ? <a href={hrefOf(before.name)}>← {before.label}</a> : <span />}
          {after && (
            <a className="button main" href={hrefOf(after.name)}>
              {t('next')}
            </a>
          )}
        </p>
      </section>
    </>
  );
};
