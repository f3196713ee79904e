import type { TenderView } from '@umuhuza/contracts/tenders/schemas';
import type { ReactNode } from 'react';
import { expecting } from '../../api/answers.ts';
import { tenders } from '../../api/platform.ts';
import { useTenderCommand } from '../../api/tenders.ts';
import { Failure } from '../../parts/Failure.tsx';
import { useText } from '../../texts/useText.ts';

/** To be told of what changes; it tells nobody, and says nothing of a bid. */
export const Following = ({ tender }: { readonly tender: TenderView }): ReactNode => {
  const { t } = useText('tenders');
  const setting = useTenderCommand((follows: boolean) =>
    expecting(200, tenders.follow({ params: { id: tender.id }, body: { follows } })),
  );
  if (tender.following === undefined || !['published', 'closed', 'opened'].includes(tender.status)) return null;
  const follows = setting.isPending ? setting.variables : tender.following;
  return (
    <div className="following">
      <button type="button" aria-pressed={follows} disabled={setting.isPending} onClick={() => setting.mutate(!follows)}>
        {t(follows ? 'following' : 'follow')}
      </button>
      <span className="hint">{t('follow-hint')}</span>
      {setting.isError && <Failure error={setting.error} />}
    </div>
  );
};
