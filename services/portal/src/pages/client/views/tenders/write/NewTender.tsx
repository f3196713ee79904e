import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { expecting } from '../../../api/answers.ts';
import { tenders } from '../../../api/platform.ts';
import { tenderKey } from '../../../api/tenders.ts';
import { Field, Form } from '../../../forms/Form.tsx';
import { useDraft } from '../../../forms/useDraft.ts';
import { useIntent } from '../../../forms/useIntent.ts';
import { useTitle } from '../../../parts/useTitle.ts';
import { useText } from '../../../texts/useText.ts';

const nothing = { title: '' };

/** A tender begins with its title; then it is a draft on the server, and everything else comes step by step. */
export const NewTender = (): ReactNode => {
  const { t } = useText('tenders');
  useTitle(t('new-tender'));
  const queries = useQueryClient();
  const { values, set, sent } = useDraft('new-tender', nothing);
  const sending = useIntent(
    (title: string, key) => expecting(201, tenders.create({ body: { title }, headers: { 'idempotency-key': key } })),
    (tender) => {
      sent();
      queries.setQueryData(tenderKey(tender.id), tender);
      void queries.invalidateQueries({ queryKey: ['tenders', 'list'] });
      location.replace(`#/tenders/${tender.id}/write`);
    },
  );
  return (
    <div className="narrow">
      <h1>{t('new-tender')}</h1>
      <section className="card" aria-label={t('new-tender')}>
        <p>{t('new-tender-detail')}</p>
        <Form sending={sending} onSubmit={() => sending.mutate(values.title)} action={t('begin-draft')}>
          <Field
            name="title"
            label={t('title')}
            hint={t('title-hint')}
            maxLength={300}
            value={values.title}
            error={sending.error}
            onChange={(title) => set({ title })}
          />
        </Form>
      </section>
    </div>
  );
};
