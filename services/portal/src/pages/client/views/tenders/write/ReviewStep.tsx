import type { TenderView } from '@umuhuza/contracts/tenders/schemas';
import type { ReactNode } from 'react';
import { expecting } from '../../../api/answers.ts';
import { tenders } from '../../../api/platform.ts';
import { useTenderCommand } from '../../../api/tenders.ts';
import { ActionDialog } from '../../../forms/ActionDialog.tsx';
import type { Autosave } from '../../../forms/autosave.ts';
import { saveAll } from '../../../forms/saveAll.ts';
import { BothClocks } from '../../../parts/Times.tsx';
import { useText } from '../../../texts/useText.ts';
import { Fact } from '../../Detail.tsx';
import { TermValue } from '../TermValue.tsx';
import type { TenderFieldName, TenderFields } from './fields.ts';
import { missingFor } from './missing.ts';
import { StillMissing } from './StillMissing.tsx';

type ReviewStepProps = {
  readonly tender: TenderView;
  readonly values: TenderFields;
  readonly autosave: Autosave<TenderFields>;
};

const shown = [
  'description',
  'cpv',
  'skills',
  'sectors',
  'lots',
  'startsOn',
  'durationMonths',
  'workingHoursOverlap',
  'languages',
  'currency',
  'budget',
  'paymentTerms',
  'milestones',
  'standstillDays',
  'mustHaveCodes',
  'mustHaves',
  'criteria',
] as const satisfies readonly TenderFieldName[];

/** What bidders will see, what is still missing, and the way to publish it. */
export const ReviewStep = ({ tender, values, autosave }: ReviewStepProps): ReactNode => {
  const { t } = useText('tenders');
  const { id } = tender;
  const missing = missingFor(values, new Date());
  const publishing = useTenderCommand(
    async (_: null, key, stillWanted) => {
      await saveAll(autosave);
      stillWanted();
      return expecting(200, tenders.publish({ params: { id }, body: {}, headers: { 'idempotency-key': key } }));
    },
    () => {
      location.hash = `#/tenders/${id}`;
    },
  );
  return (
    <>
      {missing.length > 0 ? <StillMissing id={id} missing={missing} /> : <p className="note ready">{t('nothing-missing')}</p>}
      <dl className="facts">
        {shown.map((name) => (
          <Fact key={name} name={t(`term-${name}`)}>
            <TermValue term={name} value={values[name]} tender={tender} />
          </Fact>
        ))}
        <Fact name={t('documents')}>
          <TermValue term="documents" value={tender.documents} />
        </Fact>
        <Fact name={t('audience')}>{t(`audience-${values.audience}`)}</Fact>
        <Fact name={t('deadline')}>{values.deadline === null ? t('no-deadline') : <BothClocks instant={values.deadline} />}</Fact>
      </dl>
      {values.budget && <p className="hint">{t(values.showBudget ? 'budget-is-shown' : 'budget-is-hidden')}</p>}
      {missing.length === 0 && (
        <ActionDialog
          opener={t('publish')}
          isMain
          title={t('publish-title')}
          detail={
            <>
              <p>{t(`publish-detail-${values.audience}`)}</p>
              <p>
                {t('deadline')} {values.deadline !== null && <BothClocks instant={values.deadline} />}
              </p>
              <p>{t('publish-rules')}</p>
            </>
          }
          action={t('publish')}
          sending={publishing}
          onSubmit={() => publishing.mutate(null)}
        />
      )}
    </>
  );
};
