import type { ReactNode } from 'react';
import { useText } from '../texts/useText.ts';
import { sizeInWords } from '../times.ts';

type DocumentLineProps = {
  readonly document: { readonly name: string; readonly size: number };
  readonly isBusy: boolean;
  readonly onSave: () => void;
  /** What else can be done with it. */
  readonly children?: ReactNode;
};

/** A document in a list, to be saved. */
export const DocumentLine = ({ document: { name, size }, isBusy, onSave, children }: DocumentLineProps): ReactNode => {
  const { language } = useText();
  return (
    <li>
      <div className="line-head whole">
        <button type="button" className="plain file" disabled={isBusy} onClick={onSave}>
          {name}
        </button>
        <span className="row-actions">
          <span className="quiet">{sizeInWords(size, language)}</span>
          {children}
        </span>
      </div>
    </li>
  );
};
