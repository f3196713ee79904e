import type { ReactNode } from 'react';
import { useTitle } from '../parts/useTitle.ts';
import { useText } from '../texts/useText.ts';

export const NotFound = (): ReactNode => {
  const { t } = useText();
  useTitle(t('not-found'));
  return (
    <>
      <h1>{t('not-found')}</h1>
      <p>{t('not-found-detail')}</p>
      <p>
        <a href="#/">{t('back')}</a>
      </p>
    </>
  );
};
