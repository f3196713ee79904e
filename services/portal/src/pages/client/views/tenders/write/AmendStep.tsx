import type { TenderView } from '@umuhuza/contracts/tenders/schemas';
import { type ReactNode, useState } from 'react';
import { ActionDialog } from '../../../forms/ActionDialog.tsx';
import type { Autosave } from '../../../forms/autosave.ts';
import { isSame } from '../../../forms/meanwhile.ts';
import { saveAll } from '../../../forms/saveAll.ts';
import { useIntent } from '../../../forms/useIntent.ts';
import { useText } from '../../../texts/useText.ts';
import { TermDifferences } from '../TermValue.tsx';
import { changesWhatIsAsked, fieldsOf, type TenderFieldName, type TenderFields } from './fields.ts';
import { missingFor } from './missing.ts';
import { ReasonField } from './ReasonField.tsx';
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
      await saveAll(autosave, { more: { reason: why } });
    },
    () => {
      location.hash = `#/tenders/${tender.id}`;
    },
  );
  // What was set back to what it was is no change.
  const changed = unsaved.filter((name) => !isSame(before[name], values[name]));
  const missing = missingFor(values, new Date());
  if (changed.length === 0) return <p>{t('nothing-amended')}</p>;
  return (
    <>
      <dl className="disputed">
        {changed.map((name) => (
          <div key={name}>
            <dt>{t(`term-${name}`)}</dt>
            <dd>
              <TermDifferences term={name} from={before[name]} to={values[name]} />
            </dd>
          </div>
        ))}
      </dl>
      {missing.length > 0 && <StillMissing id={tender.id} missing={missing} />}
      {changesWhatIsAsked(changed) && <p className="note">{t('amendment-invalidates')}</p>}
      <div className="actions">
        {missing.length === 0 && (
          <ActionDialog
            opener={t('publish-amendment')}
            isMain
            title={t('publish-amendment')}
            detail={<p>{t(changesWhatIsAsked(changed) ? 'amendment-invalidates' : 'amendment-is-told')}</p>}
            action={t('publish-amendment')}
            sending={amending}
            onSubmit={() => amending.mutate(reason)}
          >
            <ReasonField value={reason} onChange={setReason} />
          </ActionDialog>
        )}
        <button type="button" className="plain" onClick={autosave.drop}>
          {t('drop-amendment')}
        </button>
      </div>
    </>
  );
};
