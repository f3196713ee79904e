import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { expecting } from '../../api/answers.ts';
import { sandbox } from '../../api/platform.ts';
import { BothClocks } from '../../parts/Times.tsx';
import { useText } from '../../texts/useText.ts';

/** Open slots that are in each other's way, for their host. Nothing where there are none. */
export const Conflicts = ({ environmentId }: { readonly environmentId: string }): ReactNode => {
  const { t } = useText('sandbox');
  const { data } = useQuery({
    queryKey: ['environments', 'conflicts', environmentId],
    queryFn: () => expecting(200, sandbox.conflicts({ params: { id: environmentId } })),
  });
  if (data === undefined || data.items.length === 0) return null;
  return (
    <div className="note">
      <p>
        <strong>{t('conflicts')}</strong>
      </p>
      <p>{t('conflicts-detail')}</p>
      <ul>
        {data.items.map(({ slotId, startsAt, because, resource }) => (
          <li key={slotId}>
            <a href={`#/slots/${slotId}`}>
              <BothClocks instant={startsAt} />
            </a>
            {t(`skipped-${because}`, { resource: resource ?? '' })}
          </li>
        ))}
      </ul>
    </div>
  );
};
