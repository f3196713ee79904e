import { useMutation } from '@tanstack/react-query';
import type { Me } from '@umuhuza/contracts/identity/schemas';
import type { ReactNode } from 'react';
import { actFor, useNewSession } from '../api/session.ts';
import { Failure } from '../parts/Failure.tsx';
import { useTitle } from '../parts/useTitle.ts';
import { useText } from '../texts/useText.ts';

export const ChooseCompany = ({ person }: { readonly person: Me }): ReactNode => {
  const { t } = useText();
  useTitle(t('choose-company'));
  const beginAnew = useNewSession();
  const choosing = useMutation({ mutationFn: actFor, onSuccess: beginAnew });
  return (
    <div className="narrow">
      <section className="card" aria-labelledby="choose">
        <h1 id="choose">{t('choose-company')}</h1>
        <p>{t('choose-company-detail')}</p>
        <ul className="choices">
          {person.organisations.map(({ organisationId, name, country }) => (
            <li key={organisationId}>
              <button type="button" disabled={choosing.isPending} onClick={() => choosing.mutate(organisationId)}>
                {t('act-for', { name })} <span className="quiet">{t(country)}</span>
              </button>
            </li>
          ))}
        </ul>
        {choosing.isError && <Failure error={choosing.error} />}
      </section>
    </div>
  );
};
