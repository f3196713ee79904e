import { useQueryClient } from '@tanstack/react-query';
import type { Contact } from '@umuhuza/contracts/matching/schemas';
import { type ReactNode, useState } from 'react';
import { expecting } from '../api/answers.ts';
import { matching } from '../api/platform.ts';
import { useSession } from '../api/session.ts';
import { Checkbox } from '../forms/Choice.tsx';
import { Field, Form } from '../forms/Form.tsx';
import { TextArea } from '../forms/TextArea.tsx';
import { useIntent } from '../forms/useIntent.ts';
import { useText } from '../texts/useText.ts';

type AnswerProps = { readonly interestId: string };

/** What the asked company says to an interest. By an acceptance the other side learns the contact given here, and only by that. */
export const AnswerInterest = ({ interestId }: AnswerProps): ReactNode => {
  const { t } = useText('matching');
  return (
    <>
      <details>
        <summary>{t('accept-interest')}</summary>
        <Accept interestId={interestId} />
      </details>
      <details className="weighty">
        <summary>{t('decline-interest')}</summary>
        <Decline interestId={interestId} />
      </details>
    </>
  );
};

/** An answer also begins a cooperation, or leaves none: both lists are read anew. */
const useContactsAnew = () => {
  const queries = useQueryClient();
  return () =>
    queries.invalidateQueries({ predicate: ({ queryKey }) => ['interests', 'cooperations'].includes(String(queryKey[0])) });
};

const Accept = ({ interestId }: AnswerProps): ReactNode => {
  const { t } = useText('matching');
  const { data: session } = useSession();
  const person = session === undefined || session === 'signed-out' ? undefined : session.person;
  const [name, setName] = useState(person?.name ?? '');
  const [email, setEmail] = useState(person?.email ?? '');
  const [phone, setPhone] = useState('');
  const [consent, setConsent] = useState(false);
  const readAnew = useContactsAnew();
  const accepting = useIntent(
    (body: { readonly contact: Contact; readonly consent: boolean }, key) =>
      expecting(200, matching.acceptInterest({ params: { id: interestId }, headers: { 'idempotency-key': key }, body })),
    () => void readAnew(),
  );
  const contact = { name, email, ...(phone === '' ? {} : { phone }) };
  const { error } = accepting;
  return (
    <Form sending={accepting} onSubmit={() => accepting.mutate({ contact, consent })} action={t('accept-interest')}>
      <p>{t('accept-interest-detail')}</p>
      <Field
        name="contact.name"
        label={t('contact-name')}
        autoComplete="name"
        value={name}
        maxLength={120}
        error={error}
        onChange={setName}
      />
      <Field
        name="contact.email"
        label={t('contact-email')}
        type="email"
        autoComplete="email"
        value={email}
        maxLength={254}
        error={error}
        onChange={setEmail}
      />
      <Field
        name="contact.phone"
        label={t('contact-phone')}
        type="tel"
        autoComplete="tel"
        isOptional
        value={phone}
        maxLength={40}
        error={error}
        onChange={setPhone}
      />
      <Checkbox name="consent" label={t('contact-consent')} isChecked={consent} isRequired onChange={setConsent} />
    </Form>
  );
};

const Decline = ({ interestId }: AnswerProps): ReactNode => {
  const { t } = useText('matching');
  const [reason, setReason] = useState('');
  const readAnew = useContactsAnew();
  const declining = useIntent(
    (body: { readonly reason?: string }, key) =>
      expecting(200, matching.declineInterest({ params: { id: interestId }, headers: { 'idempotency-key': key }, body })),
    () => void readAnew(),
  );
  return (
    <Form
      sending={declining}
      onSubmit={() => declining.mutate(reason.trim() === '' ? {} : { reason })}
      action={t('decline-interest')}
      isDangerous
    >
      <TextArea
        name="reason"
        label={t('decline-reason')}
        hint={t('decline-reason-is-told')}
        rows={2}
        maxLength={1_000}
        isOptional
        value={reason}
        error={declining.error}
        onChange={setReason}
      />
    </Form>
  );
};
