import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { expecting } from '../api/answers.ts';
import { identity } from '../api/platform.ts';
import { openProgrammeOffice, useNewSession } from '../api/session.ts';
import { Form } from '../forms/Form.tsx';
import { useDraft } from '../forms/useDraft.ts';
import { useSending } from '../forms/useSending.ts';
import { Failure } from '../parts/Failure.tsx';
import { Loading } from '../parts/Loading.tsx';
import { useTitle } from '../parts/useTitle.ts';
import { useText } from '../texts/useText.ts';
import { goHomeForgetting } from '../useRoute.ts';
import { PersonFields, SignInForm } from './Enter.tsx';

/** Where the one-time link of the first start leads. */
export const ProgrammeOffice = ({ code }: { readonly code: string }): ReactNode => {
  const { t } = useText();
  useTitle(t('programme-office'));
  const office = useQuery({
    queryKey: ['programme-office'],
    queryFn: () => expecting(200, identity.programmeOffice()),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <div className="narrow">
      <section className="card" aria-labelledby="office">
        <h1 id="office">{t('programme-office')}</h1>
        {office.isPending ? (
          <Loading items={3} />
        ) : office.isError ? (
          <Failure error={office.error} onRetry={() => void office.refetch()} />
        ) : office.data.open ? (
          <OfficeForm code={code} />
        ) : (
          <>
            <p>{t('programme-office-used')}</p>
            <SignInForm />
          </>
        )}
      </section>
    </div>
  );
};

const nobody = { name: '', email: '', password: '' };
const secrets = ['password'] as const;

const OfficeForm = ({ code }: { readonly code: string }): ReactNode => {
  const { t } = useText();
  const { values, set, sent } = useDraft('programme-office', nobody, secrets);
  const begin = useNewSession();
  const sending = useSending(async () => {
    await openProgrammeOffice({ ...values, code });
    sent();
    goHomeForgetting();
    await begin();
  });
  return (
    <>
      <p>{t('programme-office-detail')}</p>
      <Form sending={sending} onSubmit={() => sending.mutate()} action={t('make-account')}>
        <PersonFields values={values} set={set} error={sending.error} />
      </Form>
    </>
  );
};
