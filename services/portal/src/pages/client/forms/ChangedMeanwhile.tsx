import { type ReactNode, useEffect, useRef } from 'react';
import { useText } from '../texts/useText.ts';

export type Disputed = { readonly name: string; readonly label: string; readonly mine: ReactNode; readonly theirs: ReactNode };

type ChangedMeanwhileProps = {
  readonly disputed: readonly Disputed[];
  /** What others changed besides, by its label; it is taken over. */
  readonly others: readonly string[];
  readonly onKeepMine: () => void;
  readonly onTakeTheirs: () => void;
};

/** Somebody else saved meanwhile: what differs is shown, and nothing typed is lost before it is decided. */
export const ChangedMeanwhile = ({ disputed, others, onKeepMine, onTakeTheirs }: ChangedMeanwhileProps): ReactNode => {
  const { t } = useText('forms');
  const box = useRef<HTMLElement>(null);
  useEffect(() => box.current?.focus(), []);
  return (
    <section ref={box} tabIndex={-1} className="note" role="alert" aria-label={t('changed-meanwhile')}>
      <p>
        <strong>{t('changed-meanwhile')}</strong> {t('changed-meanwhile-detail')}
      </p>
      {others.length > 0 && <p>{t('changed-by-others', { what: others.join(', ') })}</p>}
      <dl className="disputed">
        {disputed.map(({ name, label, mine, theirs }) => (
          <div key={name}>
            <dt>{label}</dt>
            <dd>
              <span className="quiet">{t('yours')}</span> {mine}
            </dd>
            <dd>
              <span className="quiet">{t('theirs')}</span> {theirs}
            </dd>
          </div>
        ))}
      </dl>
      <p className="actions">
        <button type="button" onClick={onKeepMine}>
          {t('keep-mine')}
        </button>
        <button type="button" onClick={onTakeTheirs}>
          {t('take-theirs')}
        </button>
      </p>
    </section>
  );
};
