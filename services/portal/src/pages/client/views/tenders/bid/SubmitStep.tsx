import { useQueryClient } from '@tanstack/react-query';
import type { Membership } from '@umuhuza/contracts/identity/schemas';
import type { TenderView } from '@umuhuza/contracts/tenders/schemas';
import { type ReactNode, useState } from 'react';
import { expecting, Refused } from '../../../api/answers.ts';
import { tenders } from '../../../api/platform.ts';
import { myBidKey, tenderKey } from '../../../api/tenders.ts';
import { ActionDialog } from '../../../forms/ActionDialog.tsx';
import type { Autosave } from '../../../forms/autosave.ts';
import { saveAll } from '../../../forms/saveAll.ts';
import { useIntent } from '../../../forms/useIntent.ts';
import { BothClocks } from '../../../parts/Times.tsx';
import { useText } from '../../../texts/useText.ts';
import { inMoney } from '../../../times.ts';
import { useFollowAlong } from '../FollowAlong.tsx';
import { type BidFields, contentOf, handedIn, missingInBid } from './bidFields.ts';
import { Receipt, type Submitted } from './Receipt.tsx';
import { type BidAtHand, noteAtHand, readMyBid } from './readBid.ts';

type SubmitStepProps = {
  readonly tender: TenderView;
  readonly company: Membership;
  readonly values: BidFields;
  readonly autosave: Autosave<BidFields>;
  /** The bid as it was handed in before. */
  readonly first: BidAtHand['bid'];
  /** How many amendments were read for it. */
  readonly amendmentsRead: number;
  /** Those are all there are. */
  readonly isRead: boolean;
  /** There is no draft any more. */
  readonly onSubmitted: () => void;
};

/** What is still missing, and the way to hand the bid in; it answers with the receipt. */
export const SubmitStep = ({
  tender,
  company,
  values,
  autosave,
  first,
  amendmentsRead,
  isRead,
  onSubmitted,
}: SubmitStepProps): ReactNode => {
  const { t, language } = useText('tenders');
  const queries = useQueryClient();
  const [submitted, setSubmitted] = useState<Submitted>();
  const { id } = tender;
  const { needed, advised } = missingInBid(values, tender);
  const { offer, follow } = useFollowAlong(tender, 'bid');
  const atHand = (changed: Partial<BidAtHand>) => noteAtHand(queries, company, id, changed);
  /** Refused because something else is there by now: it is read, so that it is seen what. */
  const readAnew = async (error: unknown) => {
    if (!(error instanceof Refused)) return;
    if (error.refusal === 'amended-since') await queries.invalidateQueries({ queryKey: tenderKey(id) });
    if (error.refusal === 'stale-version') atHand({ bid: await readMyBid(id) });
  };
  const submitting = useIntent(
    async (content: Submitted['content'], key, stillWanted) => {
      // First of all the draft: what is saved after the bid was taken would be a new draft. The own currency is no part of the bid.
      await saveAll(autosave, { without: ['ownCurrency'] });
      stillWanted();
      await follow();
      stillWanted();
      const answer = tenders.submitBid({
        params: { id },
        query: { amendmentsRead },
        body: content,
        headers: { 'idempotency-key': key, 'if-match': first?.etag },
      });
      return expecting(200, answer).catch(async (error: unknown) => {
        await readAnew(error);
        throw error;
      });
    },
    (receipt, content) => {
      autosave.settle({ fields: autosave.state().values, etag: undefined });
      setSubmitted({ receipt, content });
      onSubmitted();
      // The next one in this sitting is made on this one. Its ETag is still unknown, and comes where the line allows.
      atHand({ draft: undefined, bid: { value: handedIn(receipt, content), etag: undefined } });
      void queries.invalidateQueries({ queryKey: ['tenders', 'bid-draft', id], refetchType: 'none' });
      void queries.invalidateQueries({ queryKey: myBidKey(id) });
      void readMyBid(id).then(
        (bid) => bid?.value.version === receipt.version && atHand({ bid }),
        () => undefined,
      );
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
      {!isRead && <p>{t('read-amendment-first')}</p>}
      {needed.length === 0 && isRead && (
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
        >
          {offer}
        </ActionDialog>
      )}
    </>
  );
};
