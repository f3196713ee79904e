import type { Membership } from '@umuhuza/contracts/identity/schemas';
import type { OpenedBids, TenderView } from '@umuhuza/contracts/tenders/schemas';
import { type ReactNode, useState } from 'react';
import { expecting } from '../../../api/answers.ts';
import { tenders } from '../../../api/platform.ts';
import { useTenderCommand } from '../../../api/tenders.ts';
import { Form } from '../../../forms/Form.tsx';
import { NumberField } from '../../../forms/NumberField.tsx';
import { TextArea } from '../../../forms/TextArea.tsx';
import { dropTyped, readTyped, writeTyped } from '../../../forms/typed.ts';
import { useText } from '../../../texts/useText.ts';
import { inPoints } from '../../../times.ts';
import type { GivenScore, Opinion } from './given.ts';
import { Opinions } from './Opinions.tsx';

type Typed = Readonly<Record<string, { readonly score?: number | undefined; readonly comment?: string | undefined }>>;
const isTyped = (value: unknown): value is Typed => typeof value === 'object' && value !== null && !Array.isArray(value);

type ScoringProps = {
  readonly tender: TenderView;
  readonly bid: OpenedBids['bids'][number];
  readonly given: readonly GivenScore[];
  /** What all evaluators gave it, once they may be read. */
  readonly opinions: readonly Opinion[];
  readonly mayScore: boolean;
  readonly company: Membership;
};

/** The answers of a bid, criterion by criterion, each with the reader's score. Half-done scoring stays on the device. */
export const Scoring = ({ tender, bid, given, opinions, mayScore, company }: ScoringProps): ReactNode => {
  const { t, language } = useText('tenders');
  const form = `scores.${company.organisationId}.${bid.bidId}`;
  const [typed, setTyped] = useState<Typed>(() => readTyped(localStorage, form, isTyped) ?? {});
  const criteria = tender.criteria.filter(({ kind }) => kind === 'quality');
  const scoreOf = (id: string) => given.find(({ criterionId }) => criterionId === id);
  const scoring = useTenderCommand(
    (scores: GivenScore[], key) =>
      expecting(200, tenders.score({ params: { id: tender.id }, body: { scores }, headers: { 'idempotency-key': key } })),
    () => dropTyped(localStorage, form),
  );
  const type = (id: string, changed: Typed[string]) => {
    const next = { ...typed, [id]: { ...typed[id], ...changed } };
    setTyped(next);
    writeTyped(localStorage, form, next);
  };
  const scores = (): GivenScore[] =>
    criteria.flatMap(({ id }) => {
      const score = typed[id]?.score ?? scoreOf(id)?.score;
      const comment = typed[id]?.comment ?? scoreOf(id)?.comment;
      return score === undefined ? [] : [{ bidId: bid.bidId, criterionId: id, score, ...(comment ? { comment } : {}) }];
    });
  const answers = criteria.map(({ id, name, weight, description }) => {
    const answer = bid.content.answers.find(({ criterionId }) => criterionId === id)?.answer;
    const score = scoreOf(id);
    return (
      <section key={id} className="criterion">
        <h3>
          {name} <span className="quiet">{weight} %</span>
        </h3>
        {description && <p className="quiet">{description}</p>}
        <p className={answer ? 'text' : 'quiet'}>{answer || t('not-answered-by-bid')}</p>
        {mayScore ? (
          <>
            <NumberField
              name={`score-${id}`}
              label={t('score-for', { criterion: name })}
              unit={t('of-100')}
              min={0}
              max={100}
              step="any"
              value={typed[id] && 'score' in typed[id] ? typed[id].score : score?.score}
              error={scoring.error}
              onChange={(value) => type(id, { score: value })}
            />
            <TextArea
              name={`comment-${id}`}
              label={t('comment')}
              rows={2}
              maxLength={2_000}
              isOptional
              value={typed[id]?.comment ?? score?.comment ?? ''}
              onChange={(comment) => type(id, { comment })}
            />
          </>
        ) : opinions.length > 0 ? (
          <Opinions opinions={opinions.filter(({ criterionId }) => criterionId === id)} company={company} />
        ) : (
          score && (
            <p>
              {t('score-is', { score: inPoints(score.score, language) })} <span className="quiet">{score.comment}</span>
            </p>
          )
        )}
      </section>
    );
  });
  if (!mayScore || criteria.length === 0) return answers;
  return (
    <Form sending={scoring} onSubmit={() => scoring.mutate(scores())} action={t('save-scores')}>
      {answers}
      {scoring.isSuccess && <p role="status">{t('scores-saved')}</p>}
    </Form>
  );
};
