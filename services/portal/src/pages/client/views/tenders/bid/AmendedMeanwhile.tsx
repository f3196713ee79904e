import type { AmendmentView, TenderView } from '@umuhuza/contracts/tenders/schemas';
import type { ReactNode } from 'react';
import { useText } from '../../../texts/useText.ts';
import { AmendmentLines } from '../History.tsx';

type AmendedMeanwhileProps = {
  readonly tender: TenderView;
  readonly amendments: readonly AmendmentView[];
  readonly onRead: () => void;
};

/** What the buyer has changed while the bid was written. No bid is handed in for terms that were not seen. */
export const AmendedMeanwhile = ({ tender, amendments, onRead }: AmendedMeanwhileProps): ReactNode => {
  const { t } = useText('tenders');
  return (
    <section className="note" role="alert" aria-label={t('amended-meanwhile')}>
      <p>
        <strong>{t('amended-meanwhile')}</strong> {t('amended-meanwhile-detail')}
      </p>
      <AmendmentLines tender={tender} amendments={amendments} />
      <p className="actions">
        <button type="button" onClick={onRead}>
          {t('amendment-was-read')}
        </button>
      </p>
    </section>
  );
};
