import { type ReactNode, useState } from 'react';
import { expecting } from '../../api/answers.ts';
import { sandbox } from '../../api/platform.ts';
import { Select } from '../../forms/Choice.tsx';
import { Field, Form } from '../../forms/Form.tsx';
import { TextArea } from '../../forms/TextArea.tsx';
import { useText } from '../../texts/useText.ts';
import { useAct } from '../sandbox/acting.ts';

const ratings = ['1', '2', '3', '4', '5'] as const;
const nothing = { tester: '', rating: '', comment: '' };

/** What a tester said, as the host writes it down. */
export const AddFeedback = ({ bookingId }: { readonly bookingId: string }): ReactNode => {
  const { t } = useText('sandbox');
  const [values, setValues] = useState(nothing);
  const giving = useAct(
    (body: { readonly tester: string; readonly rating: number; readonly comment?: string }, headers) =>
      expecting(200, sandbox.giveFeedback({ params: { id: bookingId }, headers, body })),
    () => setValues(nothing),
  );
  const { tester, rating, comment } = values;
  return (
    <details>
      <summary>{t('add-feedback')}</summary>
      <Form
        sending={giving}
        onSubmit={() => giving.mutate({ tester, rating: Number(rating), ...(comment.trim() === '' ? {} : { comment }) })}
        action={t('add-feedback')}
      >
        <Field
          name="tester"
          label={t('feedback-tester')}
          hint={t('feedback-tester-hint')}
          maxLength={60}
          value={tester}
          error={giving.error}
          onChange={(text) => setValues({ ...values, tester: text })}
        />
        <Select
          name="rating"
          label={t('rating-label')}
          options={ratings.map((value) => ({ value, label: t(`rating-${value}`) }))}
          value={rating === '' ? undefined : (rating as (typeof ratings)[number])}
          onChange={(value) => setValues({ ...values, rating: value })}
        />
        <TextArea
          name="comment"
          label={t('feedback-comment')}
          rows={3}
          maxLength={1_000}
          isOptional
          value={comment}
          error={giving.error}
          onChange={(text) => setValues({ ...values, comment: text })}
        />
      </Form>
    </details>
  );
};
