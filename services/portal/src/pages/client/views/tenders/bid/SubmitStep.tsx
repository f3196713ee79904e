import { useQueryClient } from '@tanstack/react-query';
import type { MyBid, TenderView } from '@umuhuza/contracts/tenders/schemas';
import { type ReactNode, useState } from 'react';
import { expecting } from '../../../api/answers.ts';
import { tenders } from '../../../api/platform.ts';
import { myBidKey } from '../../../api/tenders.ts';
import { ActionDialog } from '../../../forms/ActionDialog.tsx';
import type { Autosave } from '../../../forms/autosave.ts';
import { saveAll } from '../../../forms/saveAll.ts';
import { useIntent } from '../../../forms/useIntent.ts';
import { BothClocks } from '../../../parts/Times.tsx';
import { useText } from '../../../texts/useText.ts';
import { inMoney } from '../../../times.ts';
import { type BidFields, contentOf, missingInBid } from './bidFields.ts';
import { Receipt, type Submitted } from './Receipt.tsx';

type SubmitStepProps = {
  readonly tender: TenderView;
  readonly values: BidFields;
  readonly autosave: Autosave<BidFields>;
  /** The bid as it was handed in before. */
  readonly first: { readonly value: MyBid; readonly etag: string | undefined } | undefined;
};

/** What is still missing, and the way to hand the bid in; it answers with the receipt. */
export const SubmitStep = ({ tender, values, autosave, first }: SubmitStepProps): ReactNode => {
  const { t, language } = useText('tenders');
  const queries = useQueryClient();
  const [submitted, setSubmitted] = useState<Submitted>();
  const { id } = tender;
  const { needed, advised } = missingInBid(values, tender);
  const submitting = useIntent(
    async (content: Submitted['content'], key, stillWanted) => {
      // First of all the draft: what is saved after the bid was taken would be a new draft. The own currency is no part of the bid.
      await saveAll(autosave, { without: ['ownCurrency'] });
      stillWanted();
      const etag = submitted === undefined ? first?.etag : undefined;
      return expecting(
        200,
        tenders.submitBid({ params: { id }, body: content, headers: { 'idempotency-key': key, 'if-match': etag } }),
      );
    },
    (receipt, content) => {
      autosave.settle({ fields: autosave.state().values, etag: undefined });
      setSubmitted({ receipt, content });
      for (const queryKey of [myBidKey(id), ['tenders', 'bid-at-hand', id], ['tenders', 'bid-draft', id]])
        void queries.invalidateQueries({ queryKey, refetchType: queryKey === myBidKey(id) ? 'active' : 'none' });
    },
  );
  if (submitted) return <Receipt submitted={submitted} />;
  const missing = (title: string, items: typeof needed) =>
    items.length > 0 && (
      <div className="note">
        <p>{title}</p>
        <ul>
          {items.map(({ what, step, of = '' }) => (
            <li key={`${what} ${of}`}>
              <a href={`#/tenders/${id}/bid/${step}`}>
                {t(`bid-lacks-${what}`, { of: what === 'confirmation' ? t(`must-have-${of as 'signed-nda'}`) : of })}
              </a>
            </li>
          ))}
        </ul>
      </div>
    );
  return (
    <>
      {missing(t('bid-needs'), needed)}
      {missing(t('bid-would-gain'), advised)}
      <dl className="facts">
        {values.prices.map(({ lotId, price }) => (
          <div key={lotId}>
            <dt>{tender.lots.find((lot) => lot.id === lotId)?.title}</dt>
            <dd>{inMoney(price, language)}</dd>
          </div>
        ))}
        <div>
          <dt>{t('documents')}</dt>
          <dd>{values.documents.map(({ name }) => name).join(', ') || t('nothing')}</dd>
        </div>
      </dl>
      <p>{t('sealed-until')}</p>
      {needed.length === 0 && (
        <ActionDialog
          opener={t(first ? 'submit-changed' : 'submit-bid')}
          isMain
          title={t('submit-title')}
          detail={
            <>
              <p>{t('submit-detail')}</p>
              <p>
                {t('deadline')} {tender.deadline !== undefined && <BothClocks instant={tender.deadline} />}
              </p>
            </>
          }
          action={t(first ? 'submit-changed' : 'submit-bid')}
          sending={submitting}
          onSubmit={() => submitting.mutate(contentOf(values))}
        />
      )}
    </>
  );
};
