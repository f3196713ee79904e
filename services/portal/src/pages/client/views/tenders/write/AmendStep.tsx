import type { TenderView } from '@umuhuza/contracts/tenders/schemas';
import { type ReactNode, useState } from 'react';
import { ActionDialog } from '../../../forms/ActionDialog.tsx';
import type { Autosave } from '../../../forms/autosave.ts';
import { Field } from '../../../forms/Form.tsx';
import { saveAll } from '../../../forms/saveAll.ts';
import { useIntent } from '../../../forms/useIntent.ts';
import { useText } from '../../../texts/useText.ts';
import { TermValue } from '../TermValue.tsx';
import { changesWhatIsAsked, fieldsOf, type TenderFieldName, type TenderFields } from './fields.ts';
import { missingFor } from './missing.ts';
import { StillMissing } from './StillMissing.tsx';

type AmendStepProps = {
  readonly tender: TenderView;
  readonly values: TenderFields;
  readonly unsaved: readonly TenderFieldName[];
  readonly autosave: Autosave<TenderFields>;
};

/** What an amendment changes from what to what, and what follows from it. */
export const AmendStep = ({ tender, values, unsaved, autosave }: AmendStepProps): ReactNode => {
  const { t } = useText('tenders');
  const [reason, setReason] = useState('');
  const before = fieldsOf(tender);
  const amending = useIntent(
    async (why: string) => {
      await saveAll(autosave, { more: why.trim() === '' ? {} : { reason: why } });
    },
    () => {
      location.hash = `#/tenders/${tender.id}`;
    },
  );
  const missing = missingFor(values, new Date());
  if (unsaved.length === 0) return <p>{t('nothing-amended')}</p>;
  return (
    <>
      <dl className="disputed">
        {unsaved.map((name) => (
          <div key={name}>
            <dt>{t(`term-${name}`)}</dt>
            <dd>
              <del>
                <TermValue value={before[name]} />
              </del>{' '}
              →{' '}
              <ins>
                <TermValue value={values[name]} />
              </ins>
            </dd>
          </div>
        ))}
      </dl>
      {missing.length > 0 && <StillMissing id={tender.id} missing={missing} />}
      {changesWhatIsAsked(unsaved) && <p className="note">{t('amendment-invalidates')}</p>}
      <div className="actions">
        {missing.length === 0 && (
          <ActionDialog
            opener={t('publish-amendment')}
            isMain
            title={t('publish-amendment')}
            detail={<p>{t(changesWhatIsAsked(unsaved) ? 'amendment-invalidates' : 'amendment-is-told')}</p>}
            action={t('publish-amendment')}
            sending={amending}
            onSubmit={() => amending.mutate(reason)}
          >
            <Field
              name="reason"
              label={t('amendment-reason')}
              hint={t('amendment-reason-hint')}
              isOptional
              maxLength={1_000}
              value={reason}
              onChange={setReason}
            />
          </ActionDialog>
        )}
        <button type="button" className="plain" onClick={autosave.drop}>
          {t('drop-amendment')}
        </button>
      </div>
    </>
  );
};
