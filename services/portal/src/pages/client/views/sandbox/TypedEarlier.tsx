import { type ReactNode, useState } from 'react';
import { useText } from '../../texts/useText.ts';

type TypedEarlierProps = { readonly isThere: boolean; readonly onStartAnew: () => void };

/** Says that a form goes on with what was typed on this device before, and offers to begin with what is saved. */
export const TypedEarlier = ({ isThere, onStartAnew }: TypedEarlierProps): ReactNode => {
  const { t } = useText('sandbox');
  const [wasThere] = useState(isThere);
  const [isAnew, setAnew] = useState(false);
  if (!wasThere || isAnew) return null;
  return (
    <p className="note">
      {t('typed-earlier')}{' '}
      <button
        type="button"
        className="plain"
        onClick={() => {
          setAnew(true);
          onStartAnew();
        }}
      >
        {t('start-anew')}
      </button>
    </p>
  );
};
