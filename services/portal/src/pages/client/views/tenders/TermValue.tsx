import type { TenderView } from '@umuhuza/contracts/tenders/schemas';
import { Fragment, type ReactNode } from 'react';
import { useText } from '../../texts/useText.ts';
import { differencesOf } from './termDifferences.ts';
import { rowsOf } from './termRows.ts';
import { namedIn, useTermWords } from './useTermWords.ts';

type OfTender = { readonly tender?: Pick<TenderView, 'lots' | 'criteria'> | undefined };

/** A term's value in words, part by part. */
export const TermValue = ({ term, value, tender }: OfTender & { readonly term: string; readonly value: unknown }): ReactNode => {
  const words = useTermWords(tender, namedIn(term, value));
  return <Lines lines={rowsOf(term, value, words).map(({ text }) => text)} />;
};

type DifferenceProps = OfTender & { readonly term: string; readonly from: unknown; readonly to: unknown };

/** What differs between two versions of a term: each part that does, as it was and as it became. */
export const TermDifferences = ({ term, from, to, tender }: DifferenceProps): ReactNode => {
  const { t } = useText('tenders');
  const differences = differencesOf(term, from, to, useTermWords(tender, namedIn(term, from, to)));
  if (differences.length === 0) return <span className="quiet">{t('in-another-order')}</span>;
  return (
    <span className="differences">
      {differences.map(({ before, after }) => (
        <span key={`${before ?? ''} ${after ?? ''}`} className="text">
          {before !== undefined && <del>{before}</del>}
          {before !== undefined && after !== undefined && ' → '}
          {after !== undefined && <ins>{after}</ins>}
        </span>
      ))}
    </span>
  );
};

/** What is said on one side where two versions of a term differ. */
export const TermSide = ({
  term,
  value,
  other,
  tender,
}: OfTender & {
  readonly term: string;
  readonly value: unknown;
  readonly other: unknown;
}): ReactNode => {
  const words = useTermWords(tender, namedIn(term, value, other));
  return (
    <Lines lines={differencesOf(term, value, other, words).flatMap(({ before }) => (before === undefined ? [] : [before]))} />
  );
};

const Lines = ({ lines }: { readonly lines: readonly string[] }): ReactNode => {
  const { t } = useText('tenders');
  if (lines.length === 0) return <span className="quiet">{t('nothing')}</span>;
  return (
    <span className="text">
      {lines.map((line, index) => (
        // Two lots may be called the same.
        <Fragment key={`${index} ${line}`}>
          {index > 0 && <br />}
          {line}
        </Fragment>
      ))}
    </span>
  );
};
