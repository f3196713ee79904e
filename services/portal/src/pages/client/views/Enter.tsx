import { type ReactNode, useState } from 'react';
import { signIn, signUp, useNewSession } from '../api/session.ts';
import { Field, Form } from '../forms/Form.tsx';
import { useDraft } from '../forms/useDraft.ts';
import { useSending } from '../forms/useSending.ts';
import { useTitle } from '../parts/useTitle.ts';
import { useText } from '../texts/useText.ts';

/** The way in for those who are not signed in. */
export const Enter = (): ReactNode => {
  const { t } = useText();
  const [isNew, setNew] = useState(false);
  useTitle(t(isNew ? 'create-account' : 'sign-in'));
  return (
    <div className="entry">
      <section className="welcome">
        <h1>{t('welcome')}</h1>
        <p>{t('welcome-detail')}</p>
      </section>
      <section className="card" aria-labelledby="enter">
        <h2 id="enter">{t(isNew ? 'create-account' : 'sign-in')}</h2>
        {isNew ? <SignUpForm /> : <SignInForm />}
        <button type="button" className="plain" onClick={() => setNew(!isNew)}>
          {t(isNew ? 'have-account' : 'no-account')}
        </button>
      </section>
      <ul className="promises">
        {(['for-buyers', 'for-firms', 'for-testers'] as const).map((whom) => (
          <li key={whom}>
            <h2>{t(whom)}</h2>
            <p>{t(`${whom}-detail`)}</p>
          </li>
        ))}
      </ul>
    </div>
  );
};

const nobody = { email: '', password: '' };
const secrets = ['password'] as const;

export const SignInForm = (): ReactNode => {
  const { t } = useText();
  const { values, set, sent } = useDraft('enter', nobody, secrets);
  const begin = useNewSession();
  const sending = useSending(async () => {
    await signIn(values);
    sent();
    await begin();
  });
  return (
    <Form sending={sending} onSubmit={() => sending.mutate()} action={t('sign-in')}>
      <Field
        name="email"
        type="email"
        label={t('email')}
        autoComplete="username"
        maxLength={254}
        value={values.email}
        error={sending.error}
        onChange={(email) => set({ email })}
      />
      <Field
        name="password"
        type="password"
        label={t('password')}
        autoComplete="current-password"
        maxLength={128}
        value={values.password}
        error={sending.error}
        onChange={(password) => set({ password })}
      />
    </Form>
  );
};

const newcomer = { name: '', email: '', password: '' };

const SignUpForm = (): ReactNode => {
  const { t, language } = useText();
  const { values, set, sent } = useDraft('enter', newcomer, secrets);
  const begin = useNewSession();
  const sending = useSending(async () => {
    await signUp({ ...values, language });
    sent();
    await begin();
  });
  return (
    <Form sending={sending} onSubmit={() => sending.mutate()} action={t('create-account')}>
      <PersonFields values={values} set={set} error={sending.error} />
      <p className="hint">{t('draft-kept')}</p>
    </Form>
  );
};

type PersonFieldsProps = {
  readonly values: typeof newcomer;
  readonly set: (changed: Partial<typeof newcomer>) => void;
  readonly error: Error | null;
};

/** What an account is made of. */
export const PersonFields = ({ values, set, error }: PersonFieldsProps): ReactNode => {
  const { t } = useText();
  return (
    <>
      <Field
        name="name"
        label={t('your-name')}
        autoComplete="name"
        maxLength={120}
        value={values.name}
        error={error}
        onChange={(name) => set({ name })}
      />
      <Field
        name="email"
        type="email"
        label={t('email')}
        autoComplete="username"
        maxLength={254}
        value={values.email}
        error={error}
        onChange={(email) => set({ email })}
      />
      <Field
        name="password"
        type="password"
        label={t('new-password')}
        autoComplete="new-password"
        minLength={10}
        maxLength={128}
        value={values.password}
        error={error}
        onChange={(password) => set({ password })}
      />
    </>
  );
};
