import type { TestReportView } from '@umuhuza/contracts/sandbox/schemas';
import { type ReactNode, useState } from 'react';
import { expecting } from '../../api/answers.ts';
import { sandbox } from '../../api/platform.ts';
import { Form } from '../../forms/Form.tsx';
import { TextArea } from '../../forms/TextArea.tsx';
import { Failure } from '../../parts/Failure.tsx';
import { BothClocks } from '../../parts/Times.tsx';
import { actsOf, type FindingAct, needsWords, type Side } from '../../sandbox/findingActs.ts';
import { useText } from '../../texts/useText.ts';
import { useAct } from './acting.ts';
import { nameOf } from './Words.tsx';

type Finding = TestReportView['findings'][number];
type FindingProps = { readonly report: TestReportView; readonly finding: Finding; readonly side: Side };

const tone = {
  new: 'waiting',
  approved: 'good',
  rejected: 'ended',
  'information-asked': 'waiting',
  disputed: 'waiting',
  settled: 'ended',
} as const satisfies Readonly<Record<Finding['status'], string>>;

export const FindingCard = ({ report, finding, side }: FindingProps): ReactNode => {
  const { t } = useText('sandbox');
  const { title, detail, severity, status, outcome, talk } = finding;
  const acts = report.status === 'handed-over' ? actsOf(finding, side) : [];
  return (
    <li>
      <div className="line-head">
        <strong>{title}</strong>
        <span className={`badge ${tone[status]}`}>{t(outcome ? `outcome-${outcome}` : `finding-${status}`)}</span>
      </div>
      <p className={`severity ${severity}`}>
        {t('severity')}: {t(`severity-${severity}`)}
      </p>
      {detail && <p className="text">{detail}</p>}
      {talk.length > 0 && (
        <ol className="talk">
          {talk.map(({ by, act, text, at }) => (
            <li key={`${by} ${act} ${at}`}>
              <p className="quiet">
                {nameOf(report[by])}: {t(`said-${act}`)} · <BothClocks instant={at} />
              </p>
              {text && <p className="text">{text}</p>}
            </li>
          ))}
        </ol>
      )}
      {acts.length > 0 && <Move bookingId={report.bookingId} finding={finding} acts={acts} side={side} />}
    </li>
  );
};

type MoveProps = {
  readonly bookingId: string;
  readonly finding: Finding;
  readonly acts: readonly FindingAct[];
  readonly side: Side;
};

/** What needs no words is done at once; for everything else a few are asked for first. */
const Move = ({ bookingId, finding: { findingId, title }, acts, side }: MoveProps): ReactNode => {
  const { t } = useText('sandbox');
  const [chosen, setChosen] = useState<FindingAct>();
  const [text, setText] = useState('');
  const moving = useAct(
    (body: { readonly act: FindingAct; readonly text?: string }, headers) =>
      expecting(200, sandbox.moveFinding({ params: { id: bookingId, findingId }, headers, body })),
    () => {
      setChosen(undefined);
      setText('');
    },
  );
  const nameOfAct = (act: FindingAct) => t(act === 'settle' ? `act-settle-${side}` : `act-${act}`);
  return (
    <>
      <div className="actions">
        {acts.map((act) => (
          <button
            key={act}
            type="button"
            disabled={moving.isPending}
            aria-expanded={needsWords(act) ? chosen === act : undefined}
            onClick={() => (needsWords(act) ? setChosen(chosen === act ? undefined : act) : moving.mutate({ act }))}
          >
            {nameOfAct(act)}
            <span className="unseen">: {title}</span>
          </button>
        ))}
      </div>
      {chosen && (
        <Form sending={moving} onSubmit={() => moving.mutate({ act: chosen, text })} action={nameOfAct(chosen)}>
          <TextArea
            name="text"
            label={t(`words-${chosen === 'ask' || chosen === 'answer' ? chosen : 'reason'}`)}
            rows={2}
            maxLength={1_000}
            value={text}
            error={moving.error}
            onChange={setText}
          />
        </Form>
      )}
      {!chosen && moving.isError && <Failure error={moving.error} />}
    </>
  );
};
