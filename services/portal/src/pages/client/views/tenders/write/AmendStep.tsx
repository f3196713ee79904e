import type { TenderView } from '@umuhuza/contracts/tenders/schemas';
import { type ReactNode, useState } from 'react';
import { ActionDialog } from '../../../forms/ActionDialog.tsx';
import type { Autosave } from '../../../forms/autosave.ts';
import { Field } from '../../../forms/Form.tsx';
import { useIntent } from '../../../forms/useIntent.ts';
import { useText } from '../../../texts/useText.ts';
import { TermValue } from '../TermValue.tsx';
import { changesWhatIsAsked, fieldsOf, type TenderFieldName, type TenderFields } from './fields.ts';

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
      if (await autosave.flush(why.trim() === '' ? {} : { reason: why })) return;
      throw autosave.state().error ?? new Error(autosave.state().status);
    },
    () => {
      location.hash = `#/tenders/${tender.id}`;
    },
  );
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
      {changesWhatIsAsked(unsaved) && <p className="note">{t('amendment-invalidates')}</p>}
      <div className="actions">
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
        <button type="button" className="plain" onClick={autosave.drop}>
          {t('drop-amendment')}
        </button>
      </div>
    </>
  );
};
