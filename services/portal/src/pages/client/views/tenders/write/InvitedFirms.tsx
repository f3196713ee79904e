import { type ReactNode, useDeferredValue, useState } from 'react';
import { expecting } from '../../../api/answers.ts';
import { profiles } from '../../../api/platform.ts';
import { Field } from '../../../forms/Form.tsx';
import { Chips } from '../../../forms/Tags.tsx';
import { PagedList } from '../../../parts/PagedList.tsx';
import { useText } from '../../../texts/useText.ts';
import { useFirmNames } from '../useTermWords.ts';

type InvitedFirmsProps = {
  readonly invited: readonly string[];
  /** Those who see a published tender already; nobody can be shut out again. */
  readonly alreadyInvited: readonly string[];
  readonly onChange: (invited: readonly string[]) => void;
};

/** The firms that are invited, by name, and others to be found by theirs. */
export const InvitedFirms = ({ invited, alreadyInvited, onChange }: InvitedFirmsProps): ReactNode => {
  const { t } = useText('tenders', 'forms');
  const [typed, setTyped] = useState('');
  const q = useDeferredValue(typed.trim());
  const names = useFirmNames(invited);
  const nameOf = (id: string) => names.get(id) ?? t('firm-without-profile');
  const stays = invited.filter((id) => alreadyInvited.includes(id));
  return (
    <fieldset className="choice">
      <legend>{t('invited-firms')}</legend>
      <p className="hint">{t('invited-firms-hint', { count: invited.length })}</p>
      {stays.length > 0 && (
        <p>
          {t('invited-already')} {stays.map(nameOf).join(' · ')}
        </p>
      )}
      <Chips
        label={t('invited-firms')}
        items={invited.filter((id) => !stays.includes(id)).map((id) => ({ key: id, text: nameOf(id) }))}
        onRemove={(gone) => onChange(invited.filter((id) => id !== gone))}
      />
      <Field name="firm" type="search" label={t('find-firm')} isOptional maxLength={200} value={typed} onChange={setTyped} />
      <PagedList
        queryKey={['profiles', 'RW', q]}
        read={(cursor) =>
          expecting(
            200,
            profiles.list({
              query: {
                country: 'RW',
                limit: 10,
                ...(q === '' ? {} : { q }),
                ...(cursor === undefined ? {} : { cursor }),
              },
            }),
          )
        }
        keyOf={({ organisationId }) => organisationId}
        expected={3}
        empty={t(q === '' ? 'no-firms-to-invite' : 'none-like-this')}
      >
        {({ organisationId, name }) => (
          <li>
            <label>
              <input
                type="checkbox"
                name="invited"
                checked={invited.includes(organisationId)}
                disabled={alreadyInvited.includes(organisationId)}
                onChange={(event) =>
                  onChange(event.target.checked ? [...invited, organisationId] : invited.filter((id) => id !== organisationId))
                }
              />
              {name}
            </label>
          </li>
        )}
      </PagedList>
    </fieldset>
  );
};
