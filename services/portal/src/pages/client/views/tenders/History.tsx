import type { AmendmentView, TenderView } from '@umuhuza/contracts/tenders/schemas';
import type { ReactNode } from 'react';
import { Card } from '../../parts/Card.tsx';
import { BothClocks } from '../../parts/Times.tsx';
import { useText } from '../../texts/useText.ts';
import { TermDifferences } from './TermValue.tsx';
import { isTerm } from './terms.ts';

export const History = ({ tender }: { readonly tender: TenderView }): ReactNode => {
  const { t } = useText('tenders');
  return (
    <Card title={t('amendments')}>
      <AmendmentLines tender={tender} amendments={tender.amendments} />
    </Card>
  );
};

type AmendmentLinesProps = {
  readonly tender: TenderView;
  /** Those of its amendments that are shown. */
  readonly amendments: readonly AmendmentView[];
};

/** What changed, when and why, line by line. */
export const AmendmentLines = ({ tender, amendments }: AmendmentLinesProps): ReactNode => {
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
              <FromTo change={changes.find((one) => one.term === term)} tender={tender} />
            </p>
          ))}
        </li>
      ))}
    </ul>
  );
};

/** What was and what became; older lines of the history do not know it. */
const FromTo = ({
  change,
  tender,
}: {
  readonly change: AmendmentView['changes'][number] | undefined;
  readonly tender: TenderView;
}): ReactNode => {
  if (!change) return null;
  return (
    <>
      : <TermDifferences term={change.term} from={change.from} to={change.to} tender={tender} />
    </>
  );
};
