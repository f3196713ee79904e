import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { Membership } from '@umuhuza/contracts/identity/schemas';
import type { TenderView } from '@umuhuza/contracts/tenders/schemas';
import { type ReactNode, useCallback } from 'react';
import { expectingTagged } from '../../../api/answers.ts';
import { tenders } from '../../../api/platform.ts';
import { readTenderTagged, tenderKey } from '../../../api/tenders.ts';
import { ErrorSummary } from '../../../forms/ErrorSummary.tsx';
import { keepRead, orReadLast } from '../../../forms/readLast.ts';
import { SavedState } from '../../../forms/SavedState.tsx';
import { Steps } from '../../../forms/Steps.tsx';
import { useAutosave } from '../../../forms/useAutosave.ts';
import { Failure } from '../../../parts/Failure.tsx';
import { Loading } from '../../../parts/Loading.tsx';
import { useTitle } from '../../../parts/useTitle.ts';
import { useText } from '../../../texts/useText.ts';
import { AmendStep } from './AmendStep.tsx';
import { AudienceStep } from './AudienceStep.tsx';
import { ChangedTender } from './ChangedTender.tsx';
import { DocumentsStep } from './DocumentsStep.tsx';
import { fieldsOf, isWhole } from './fields.ts';
import { JudgingStep } from './JudgingStep.tsx';
import { MoneyStep } from './MoneyStep.tsx';
import { NewTender } from './NewTender.tsx';
import { ReviewStep } from './ReviewStep.tsx';
import { ScopeStep } from './ScopeStep.tsx';
import { steps } from './steps.ts';
import { TaskStep } from './TaskStep.tsx';

type WriteTenderProps = { readonly id: string; readonly step: string | undefined; readonly company: Membership };

/** A tender is written in steps, as a draft that saves itself; a published one is amended in the same steps, all at once. */
export const WriteTender = ({ id, step, company }: WriteTenderProps): ReactNode =>
  id === 'new' ? <NewTender /> : <Written key={id} id={id} step={step} company={company} />;

/** Under which name it lies on the device for when there is no line. */
const keptTender = ({ organisationId }: Membership, id: string): string => `tender.${organisationId}.${id}`;

const Written = ({ id, step, company }: WriteTenderProps): ReactNode => {
  const { t } = useText('tenders');
  // Read once: what follows is kept in step by saving, and must not be drawn anew while somebody types.
  const first = useQuery({
    queryKey: ['tenders', 'written', id],
    queryFn: () => orReadLast(localStorage, keptTender(company, id), () => readTenderTagged(id)),
    networkMode: 'offlineFirst',
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  useTitle(first.data?.value.title ?? t('write-tender'));
  if (first.isPending) return <Loading items={6} />;
  if (!first.data) return <Failure error={first.error} onRetry={() => void first.refetch()} />;
  const { value, etag } = first.data;
  if (!value.mine || (value.status !== 'draft' && value.status !== 'published'))
    return (
      <div className="narrow">
        <h1>{value.title}</h1>
        <p className="note">{t('cannot-be-written')}</p>
        <a href={`#/tenders/${id}`}>{t('to-the-tender')}</a>
      </div>
    );
  return <Writing first={value} etag={etag} step={step} company={company} />;
};

type WritingProps = {
  readonly first: TenderView;
  readonly etag: string | undefined;
  readonly step: string | undefined;
  readonly company: Membership;
};

const Writing = ({ first, etag, step: asked, company }: WritingProps): ReactNode => {
  const { t } = useText('tenders', 'forms');
  const queries = useQueryClient();
  const { id } = first;
  const isDraft = first.status === 'draft';
  const { data: tender = first } = useQuery({
    queryKey: tenderKey(id),
    queryFn: async () => (await readTenderTagged(id)).value,
    initialData: first,
  });
  const versionOf = useCallback(
    ({ value, etag: tag }: { readonly value: TenderView; readonly etag: string | undefined }) => {
      queries.setQueryData(tenderKey(id), value);
      keepRead(localStorage, keptTender(company, id), { value, etag: tag });
      void queries.invalidateQueries({ queryKey: ['tenders', 'list'] });
      return { fields: fieldsOf(value), etag: tag };
    },
    [queries, id, company],
  );
  const { autosave, values, status, error, meanwhile, unsaved } = useAutosave({
    form: `tender.${company.organisationId}.${id}`,
    first: { fields: fieldsOf(first), etag },
    isAutomatic: isDraft,
    save: async (typed, _values, tag, more) =>
      versionOf(
        await expectingTagged(200, tenders.edit({ params: { id }, body: { ...typed, ...more }, headers: { 'if-match': tag } })),
      ),
    readAgain: async () => versionOf(await readTenderTagged(id)),
    isWhole,
  });
  const names = steps(isDraft);
  const step = names.find((each) => each === asked) ?? 'task';
  const props = { values, set: autosave.set, error: error ?? null };
  const readAnew = async () => autosave.read(versionOf(await readTenderTagged(id)));
  return (
    <article className="detail">
      <p className="quiet">
        <a href={`#/tenders/${id}`}>{t('to-the-tender')}</a>
      </p>
      <h1>{values.title.trim() === '' ? t('no-title') : values.title}</h1>
      {isDraft ? <SavedState status={status} /> : <p className="note">{t('amending-detail')}</p>}
      {meanwhile && <ChangedTender meanwhile={meanwhile} values={values} autosave={autosave} />}
      <div className="form">
        <Steps
          steps={names.map((name) => ({ name, label: t(`step-${name}`) }))}
          current={step}
          hrefOf={(name) => `#/tenders/${id}/write/${name}`}
        >
          {error && status === 'refused' && <ErrorSummary error={error} />}
          {step === 'task' && <TaskStep {...props} />}
          {step === 'scope' && <ScopeStep {...props} />}
          {step === 'money' && <MoneyStep {...props} />}
          {step === 'judging' && <JudgingStep {...props} />}
          {step === 'documents' && <DocumentsStep tender={tender} company={company} onChanged={readAnew} />}
          {step === 'audience' && (
            <AudienceStep {...props} company={company} alreadyInvited={isDraft ? [] : (first.invited ?? [])} />
          )}
          {step === 'review' && <ReviewStep tender={tender} values={values} autosave={autosave} />}
          {step === 'amend' && <AmendStep tender={tender} values={values} unsaved={unsaved} autosave={autosave} />}
        </Steps>
      </div>
    </article>
  );
};
