import { useQueryClient } from '@tanstack/react-query';
import type { Membership } from '@umuhuza/contracts/identity/schemas';
import type { BidDraftView, MyBid, TenderView } from '@umuhuza/contracts/tenders/schemas';
import { type ReactNode, useState } from 'react';
import { expectingTagged } from '../../../api/answers.ts';
import { tenders } from '../../../api/platform.ts';
import { useTender } from '../../../api/tenders.ts';
import { ChangedMeanwhile } from '../../../forms/ChangedMeanwhile.tsx';
import { ErrorSummary } from '../../../forms/ErrorSummary.tsx';
import { keepRead } from '../../../forms/readLast.ts';
import { SavedState } from '../../../forms/SavedState.tsx';
import { Steps } from '../../../forms/Steps.tsx';
import { useAutosave } from '../../../forms/useAutosave.ts';
import { BothClocks } from '../../../parts/Times.tsx';
import { useText } from '../../../texts/useText.ts';
import { AmendmentLines } from '../History.tsx';
import { TermSide } from '../TermValue.tsx';
import { AmendedMeanwhile } from './AmendedMeanwhile.tsx';
import { AnswersStep } from './AnswersStep.tsx';
import { BidDocumentsStep } from './BidDocumentsStep.tsx';
import { askedAnewSince, bidSteps, draftOf, fieldsOf, fittedTo, isWhole } from './bidFields.ts';
import { DiscardDraft } from './DiscardDraft.tsx';
import { NoLongerAskedNote } from './NoLongerAskedNote.tsx';
import { PricesStep } from './PricesStep.tsx';
import { type BidAtHand, bidAtHandKey, keptBid, readDraft } from './readBid.ts';
import { SubmitStep } from './SubmitStep.tsx';
import { TeamStep } from './TeamStep.tsx';

type BidFormProps = { readonly first: BidAtHand; readonly step: string | undefined; readonly company: Membership };

/** A bid in steps. Its draft lies sealed on the server, and what is not there yet on this device. */
export const BidForm = ({ first, step: asked, company }: BidFormProps): ReactNode => {
  const { t } = useText('tenders');
  const queries = useQueryClient();
  const { draft, bid } = first;
  const { id } = first.tender;
  // The buyer may amend it while the bid is written; what was read when it began counts as read.
  const { data: tender = first.tender } = useTender(id);
  const [amendmentsRead, setAmendmentsRead] = useState(first.tender.amendments.length);
  const amendedSince = askedAnewSince(tender, amendmentsRead);
  const [saved, setSaved] = useState<BidDraftView | undefined>(draft?.value);
  const versionOf = (read: { readonly value: BidDraftView; readonly etag: string | undefined } | undefined) => {
    setSaved(read?.value);
    // Autosave keeps what it began with; a bid may have been handed in since.
    const known = queries.getQueryData<BidAtHand>(bidAtHandKey(id)) ?? first;
    keepRead(localStorage, keptBid(company, id), { ...known, draft: read } satisfies BidAtHand);
    return { fields: fieldsOf(read?.value.draft ?? known.bid?.value.content), etag: read?.etag };
  };
  const {
    autosave,
    values: written,
    status,
    error,
    meanwhile,
    unsaved,
  } = useAutosave({
    form: `bid.${company.organisationId}.${id}`,
    first: { fields: fieldsOf(draft?.value.draft ?? bid?.value.content), etag: draft?.etag },
    isAutomatic: true,
    save: async (_typed, whole, etag) =>
      versionOf(
        await expectingTagged(200, tenders.saveBidDraft({ params: { id }, body: draftOf(whole), headers: { 'if-match': etag } })),
      ),
    readAgain: async () => versionOf(await readDraft(id)),
    isWhole,
  });
  const { values, noLongerAsked } = fittedTo(written, tender);
  const step = bidSteps.find((each) => each === asked) ?? 'prices';
  const props = { tender, values, set: autosave.set, error: error ?? null };
  return (
    <article className="detail">
      <p className="quiet">
        <a href={`#/tenders/${id}`}>{tender.title}</a>
      </p>
      <h1>{t('your-bid')}</h1>
      <p className="lead">
        {t('deadline')} {tender.deadline !== undefined && <BothClocks instant={tender.deadline} />}
      </p>
      {bid && (
        <p className="note">
          {t(bid.value.status === 'invalid' ? 'bid-to-be-confirmed' : 'bid-is-in', { version: bid.value.version })}
        </p>
      )}
      {bid?.value.status === 'invalid' && <Since bid={bid.value} tender={tender} amendmentsRead={amendmentsRead} />}
      {amendedSince.length > 0 && (
        <AmendedMeanwhile tender={tender} amendments={amendedSince} onRead={() => setAmendmentsRead(tender.amendments.length)} />
      )}
      <NoLongerAskedNote tender={tender} noLongerAsked={noLongerAsked} />
      <SavedState status={saved === undefined && unsaved.length === 0 ? undefined : status} />
      {meanwhile && (
        <ChangedMeanwhile
          disputed={meanwhile.disputed.map((name) => ({
            name,
            label: t(`bid-${name}`),
            mine: <TermSide term={name} value={written[name]} other={meanwhile.now.fields[name]} tender={tender} />,
            theirs: <TermSide term={name} value={meanwhile.now.fields[name]} other={written[name]} tender={tender} />,
          }))}
          others={meanwhile.others.map((name) => t(`bid-${name}`))}
          onKeepMine={autosave.keepMine}
          onTakeTheirs={autosave.takeTheirs}
        />
      )}
      <div className="form">
        <Steps
          steps={bidSteps.map((name) => ({ name, label: t(`bid-step-${name}`) }))}
          current={step}
          hrefOf={(name) => `#/tenders/${id}/bid/${name}`}
        >
          {error && status === 'refused' && <ErrorSummary error={error} />}
          {step === 'prices' && <PricesStep {...props} ownPrices={status === 'saved' ? saved?.ownPrices : undefined} />}
          {step === 'answers' && <AnswersStep {...props} />}
          {step === 'team' && <TeamStep {...props} />}
          {step === 'documents' && (
            <BidDocumentsStep {...props} save={autosave.flush} valuesNow={() => autosave.state().values} />
          )}
          {step === 'submit' && (
            <SubmitStep
              tender={tender}
              company={company}
              values={values}
              autosave={autosave}
              first={bid}
              amendmentsRead={amendmentsRead}
              isRead={amendedSince.length === 0}
              onSubmitted={() => setSaved(undefined)}
            />
          )}
        </Steps>
        {saved !== undefined && <DiscardDraft tenderId={id} company={company} bid={bid} autosave={autosave} />}
      </div>
    </article>
  );
};

type SinceProps = { readonly bid: MyBid; readonly tender: TenderView; readonly amendmentsRead: number };

/** What has changed since a bid was handed in that is to be confirmed now; what came while it is written is shown apart. */
const Since = ({ bid, tender, amendmentsRead }: SinceProps): ReactNode => {
  const { t } = useText('tenders');
  const amendments = tender.amendments.slice(0, amendmentsRead).filter(({ at }) => Date.parse(at) > Date.parse(bid.submittedAt));
  return (
    <details className="note">
      <summary>{t('amended-since-bid', { count: amendments.length })}</summary>
      <AmendmentLines tender={tender} amendments={amendments} />
    </details>
  );
};
