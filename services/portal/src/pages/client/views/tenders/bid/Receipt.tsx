import type { BidContent, BidReceipt } from '@umuhuza/contracts/tenders/schemas';
import type { ReactNode } from 'react';
import { BothClocks } from '../../../parts/Times.tsx';
import { useText } from '../../../texts/useText.ts';
import { Fact } from '../../Detail.tsx';
import { saveContent, saveReceipt } from './receipts.ts';

export type Submitted = { readonly receipt: BidReceipt; readonly content: BidContent };

/** A bid was taken: what was signed about it, and how to check that. */
export const Receipt = ({ submitted: { receipt, content } }: { readonly submitted: Submitted }): ReactNode => {
  const { t } = useText('tenders');
  const { tenderId, version, submittedAt, digest } = receipt;
  return (
    <div className="receipt" role="status">
      <p className="note ready">
        <strong>{t('bid-was-taken')}</strong> {t('bid-was-taken-detail')}
      </p>
      <dl className="facts">
        <Fact name={t('taken-at')}>
          <BothClocks instant={submittedAt} />
        </Fact>
        <Fact name={t('version')}>{version}</Fact>
        <Fact name={t('digest')}>
          <code>{digest}</code>
        </Fact>
      </dl>
      <p className="actions">
        <button type="button" onClick={() => saveReceipt(receipt, 'bid')}>
          {t('save-receipt')}
        </button>
        <button type="button" onClick={() => saveContent(content, tenderId, version)}>
          {t('save-bid-content')}
        </button>
      </p>
      <HowToVerify />
      <p>
        <a href={`#/tenders/${tenderId}`}>{t('to-the-tender')}</a>
      </p>
    </div>
  );
};

/** A receipt is worth what anybody can check of it, without asking the platform to vouch for itself. */
export const HowToVerify = (): ReactNode => {
  const { t } = useText('tenders');
  return (
    <details>
      <summary>{t('how-to-verify')}</summary>
      <p>{t('how-to-verify-detail')}</p>
      <pre className="command">
        npm run verify-receipt -- receipt.json --content bid.json --jwks {location.origin}/api/tenders/jwks
      </pre>
      <p>
        <a href="/api/tenders/jwks">{t('public-keys')}</a>
      </p>
    </details>
  );
};
