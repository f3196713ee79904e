import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { actFor, type Session, signOut, useNewSession } from '../api/session.ts';
import { useText } from '../texts/useText.ts';

/** Whom one acts for, and the way out. */
export const Account = ({ session: { person, company } }: { readonly session: Exclude<Session, 'signed-out'> }): ReactNode => {
  const { t } = useText();
  const beginAnew = useNewSession();
  const changing = useMutation({ mutationFn: actFor, onSuccess: beginAnew });
  const leaving = useMutation({ mutationFn: signOut, onSuccess: beginAnew });
  return (
    <div className="account">
      {person.organisations.length > 1 && company ? (
        <select
          aria-label={t('acting-for')}
          value={company.organisationId}
          disabled={changing.isPending}
          onChange={(event) => changing.mutate(event.target.value)}
        >
          {person.organisations.map(({ organisationId, name }) => (
            <option key={organisationId} value={organisationId}>
              {name}
            </option>
          ))}
        </select>
      ) : (
        <span className="company">{company?.name ?? person.name}</span>
      )}
      <button type="button" className="plain" disabled={leaving.isPending} onClick={() => leaving.mutate()}>
        {t('sign-out')}
      </button>
      {(changing.isError || leaving.isError) && <span role="alert">{t('cannot-reach')}</span>}
    </div>
  );
};
