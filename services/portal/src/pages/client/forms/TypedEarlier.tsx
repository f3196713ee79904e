import type { ReactNode } from 'react';
import { useText } from '../texts/useText.ts';
import type { Edited } from './useEdited.ts';

type TypedEarlierProps<Fields extends object> = { readonly edited: Edited<Fields> };

/** Says that a form goes on with what was typed on this device before, and offers to begin with what is saved. */
export const TypedEarlier = <Fields extends object>({ edited }: TypedEarlierProps<Fields>): ReactNode => {
  const { t } = useText('forms');
  if (!edited.isFromEarlier) return null;
  return (
    <p className="note">
      {t('typed-earlier')}{' '}
      <button type="button" className="plain" onClick={edited.startAnew}>
        {t('start-anew')}
      </button>
    </p>
  );
};
