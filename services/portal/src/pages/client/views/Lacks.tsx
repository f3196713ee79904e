import type { ReactNode } from 'react';
import { fieldLink, mendingOf } from '../profile/mending.ts';
import { useText } from '../texts/useText.ts';

type Lack = { readonly name: string; readonly says: string };

/** What a profile lacks, each with the way to where it is mended. */
export const Lacks = ({ lacks }: { readonly lacks: readonly Lack[] }): ReactNode => {
  const { t } = useText('matching');
  return (
    <ul className="reasons against">
      {lacks.map(({ name, says }) => {
        const mending = mendingOf(name);
        return (
          <li key={name}>
            {says}
            {mending && (
              <>
                {' '}
                <a href={fieldLink(mending.field)}>{t(`mend-${mending.advice}`)}</a>
              </>
            )}
          </li>
        );
      })}
    </ul>
  );
};
