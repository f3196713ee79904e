import type { AmendmentView, TenderView } from '@umuhuza/contracts/tenders/schemas';
import type { ReactNode } from 'react';
import { Card } from '../../parts/Card.tsx';
import { BothClocks } from '../../parts/Times.tsx';
import { useText } from '../../texts/useText.ts';
import { TermValue } from './TermValue.tsx';
import { isTerm } from './terms.ts';

export const History = ({ amendments }: Pick<TenderView, 'amendments'>): ReactNode => {
  const { t } = useText('tenders');
  return (
    <Card title={t('amendments')}>
      <AmendmentLines amendments={amendments} />
    </Card>
  );
};

/** What changed, when and why, line by line. */
export const AmendmentLines = ({ amendments }: { readonly amendments: readonly AmendmentView[] }): ReactNode => {
  const { t } = useText('tenders');
  return (
    <ul className="list">
      {amendments.map(({ at, changed, reason, changes, changesWhatIsAsked }) => (
        <li key={at}>
          <p className="quiet">
            <BothClocks instant={at} />
          </p>
          {reason && <p>{reason}</p>}
          {changesWhatIsAsked && <p>{t('bids-to-be-confirmed')}</p>}
          {changed.map((term) => (
            <p key={term} className="text">
              {isTerm(term) ? t(`term-${term}`) : term}
              <FromTo change={changes.find((one) => one.term === term)} />
            </p>
          ))}
        </li>
      ))}
    </ul>
  );
};

/** What was and what became; older lines of the history do not know it. */
const FromTo = ({ change }: { readonly change: AmendmentView['changes'][number] | undefined }): ReactNode => {
  if (!change) return null;
  return (
    <>
      :{' '}
      <del>
        <TermValue value={change.from} />
      </del>{' '}
      →{' '}
      <ins>
        <TermValue value={change.to} />
      </ins>
    </>
  );
};
