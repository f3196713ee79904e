import type { ReactNode } from 'react';
import type { TextKey } from '../texts/en.ts';
import { useText } from '../texts/useText.ts';

/** A text with a link to the description of the interface where it says {{link}}. */
export const ToInterface = ({ text }: { readonly text: TextKey }): ReactNode => {
  const { t } = useText();
  const [before, after] = t(text, { link: '\n' }).split('\n');
  return (
    <>
      {before}
      <a href="/openapi.json">/openapi.json</a>
      {after}
    </>
  );
};
