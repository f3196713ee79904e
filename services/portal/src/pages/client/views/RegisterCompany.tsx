import type { ReactNode } from 'react';
import { register, useNewSession } from '../api/session.ts';
import { Field, Form } from '../forms/Form.tsx';
import { slugOf } from '../forms/slug.ts';
import { useDraft } from '../forms/useDraft.ts';
import { useSending } from '../forms/useSending.ts';
import { useTitle } from '../parts/useTitle.ts';
import { useText } from '../texts/useText.ts';

const nothing = { name: '', slug: '', country: '' };
const countries = ['DE', 'RW'] as const;

export const RegisterCompany = (): ReactNode => {
  const { t } = useText();
  useTitle(t('register-company'));
  const { values, set, sent } = useDraft('company', nothing);
  const begin = useNewSession();
  const sending = useSending(async () => {
    const country = countries.find((each) => each === values.country);
    if (!country) return;
    await register({ name: values.name, slug: values.slug, country });
    sent();
    await begin();
  });
  /** The short name follows the name until somebody writes one of their own. */
  const rename = (name: string) => set(values.slug === slugOf(values.name) ? { name, slug: slugOf(name) } : { name });

  return (
    <div className="narrow">
      <section className="card" aria-labelledby="register">
        <h1 id="register">{t('register-company')}</h1>
        <p>{t('register-company-detail')}</p>
        <Form sending={sending} onSubmit={() => sending.mutate()} action={t('register')}>
          <Field
            name="name"
            label={t('company-name')}
            autoComplete="organization"
            maxLength={200}
            value={values.name}
            error={sending.error}
            onChange={rename}
          />
          <Field
            name="slug"
            label={t('slug')}
            hint={t('slug-hint')}
            autoComplete="off"
            maxLength={60}
            pattern="[a-z0-9]([a-z0-9\-]{0,58}[a-z0-9])?"
            value={values.slug}
            error={sending.error}
            onChange={(slug) => set({ slug })}
          />
          <fieldset className="choice">
            <legend>{t('country')}</legend>
            <p className="hint">{t('country-hint')}</p>
            {countries.map((country) => (
              <label key={country}>
                <input
                  type="radio"
                  name="country"
                  required
                  value={country}
                  checked={values.country === country}
                  onChange={() => set({ country })}
                />
                {t(country)}
              </label>
            ))}
          </fieldset>
          <p className="hint">{t('draft-kept')}</p>
        </Form>
      </section>
    </div>
  );
};
