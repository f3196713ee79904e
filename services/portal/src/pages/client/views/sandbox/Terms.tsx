import { useQuery } from '@tanstack/react-query';
import type { TermsReference } from '@umuhuza/contracts/sandbox/schemas';
import type { ReactNode } from 'react';
import { expecting } from '../../api/answers.ts';
import { sandbox } from '../../api/platform.ts';
import { Checkbox } from '../../forms/Choice.tsx';
import { Failure } from '../../parts/Failure.tsx';
import { Loading } from '../../parts/Loading.tsx';
import { useText } from '../../texts/useText.ts';

/** The text of terms; it lies under its hash and so never changes. */
export const TermsText = ({ hash }: { readonly hash: string }): ReactNode => {
  const { t } = useText('sandbox');
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['terms', hash],
    queryFn: () => expecting(200, sandbox.termsOfUse({ params: { hash } })),
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (isPending) return <Loading items={1} />;
  if (!data) return <Failure error={error} onRetry={() => void refetch()} />;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard (WCAG 2.1.1)
    <section className="text terms" aria-label={t('terms-text')} tabIndex={0}>
      {data.text}
    </section>
  );
};

type AcceptTermsProps = {
  readonly terms: TermsReference;
  readonly isAccepted: boolean;
  readonly onChange: (isAccepted: boolean) => void;
};

/** The terms themselves, above the box that accepts them: what is agreed to is what was there to be read. */
export const AcceptTerms = ({ terms, isAccepted, onChange }: AcceptTermsProps): ReactNode => {
  const { t } = useText('sandbox');
  return (
    <div className="group">
      <p>
        <strong>{t('terms-version', { version: terms.version })}</strong>
      </p>
      <TermsText hash={terms.hash} />
      <Checkbox
        name="acceptedTerms"
        label={t('accept-terms', { version: terms.version })}
        hint={t('accept-terms-hint')}
        isRequired
        isChecked={isAccepted}
        onChange={onChange}
      />
    </div>
  );
};
