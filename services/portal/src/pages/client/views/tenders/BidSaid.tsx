import type { BidContent } from '@umuhuza/contracts/tenders/schemas';
import type { ReactNode } from 'react';
import { Documents } from '../../parts/Documents.tsx';
import { useText } from '../../texts/useText.ts';

type BidSaidProps = { readonly content: BidContent; readonly addressFor: (documentId: string) => string };

/** What a bid says besides its prices and answers. */
export const BidSaid = ({ content, addressFor }: BidSaidProps): ReactNode => {
  const { t } = useText('tenders');
  return (
    <>
      {content.summary && <p className="text">{content.summary}</p>}
      {content.team && content.team.length > 0 && (
        <details>
          <summary>{t('bid-team')}</summary>
          <ul className="list">
            {content.team.map(({ role, name, experience }) => (
              <li key={`${role} ${name ?? ''}`}>
                <strong>{role}</strong>
                {name && ` ${name}`}
                {experience && <p className="text">{experience}</p>}
              </li>
            ))}
          </ul>
        </details>
      )}
      {content.documents && content.documents.length > 0 && <Documents documents={content.documents} addressFor={addressFor} />}
    </>
  );
};
