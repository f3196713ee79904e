import type { Membership } from '@umuhuza/contracts/identity/schemas';
import type { TestReportView } from '@umuhuza/contracts/sandbox/schemas';
import type { ReactNode } from 'react';
import { expecting } from '../../api/answers.ts';
import { sandbox } from '../../api/platform.ts';
import { Card } from '../../parts/Card.tsx';
import { BothClocks, Period } from '../../parts/Times.tsx';
import type { Side } from '../../sandbox/findingActs.ts';
import { useText } from '../../texts/useText.ts';
import { Detail, Fact } from '../Detail.tsx';
import { AddEvidence } from '../hosting/AddEvidence.tsx';
import { AddFeedback } from '../hosting/AddFeedback.tsx';
import { FinishReport } from '../hosting/FinishReport.tsx';
import { EvidenceList } from './EvidenceList.tsx';
import { FindingCard } from './FindingCard.tsx';
import { Signature } from './Signature.tsx';
import { nameOf } from './Words.tsx';

/** The report of a test, with what has become of its findings. */
export const ReportPage = ({ id, company }: { readonly id: string; readonly company: Membership }): ReactNode => {
  const { t } = useText('sandbox');
  return (
    <Detail
      queryKey={['reports', id]}
      read={() => expecting(200, sandbox.report({ params: { id } }))}
      titleOf={({ title }) => t('report-title', { title })}
      kind={t('report')}
      badgeOf={({ status }) => (
        <span className={`badge ${status === 'finished' ? 'good' : 'waiting'}`}>{t(`report-${status}`)}</span>
      )}
    >
      {(report) => <Report report={report} side={report.host.organisationId === company.organisationId ? 'host' : 'guest'} />}
    </Detail>
  );
};

type ReportProps = { readonly report: TestReportView; readonly side: Side };

const Report = ({ report, side }: ReportProps): ReactNode => {
  const { t } = useText('sandbox');
  const { bookingId, product, host, guest, startsAt, endsAt, handedOverAt, summary, findings, evidence, feedback } = report;
  const isOpen = report.status === 'handed-over';
  const isHost = side === 'host';
  return (
    <>
      <dl className="facts">
        <Fact name={t('product')}>{product}</Fact>
        <Fact name={t(isHost ? 'guest' : 'host')}>{nameOf(isHost ? guest : host)}</Fact>
        <Fact name={t('when')}>
          <Period startsAt={startsAt} endsAt={endsAt} />
        </Fact>
        <Fact name={t('handed-over-at')}>
          <BothClocks instant={handedOverAt} />
        </Fact>
        <Fact name={t('booking')}>
          <a href={`#/bookings/${bookingId}`}>{t('to-booking')}</a>
        </Fact>
      </dl>
      <Card title={t('summary')}>
        <p className="text">{summary}</p>
      </Card>
      <Card title={t('findings')}>
        {findings.length === 0 ? (
          <p className="quiet">{t('no-findings')}</p>
        ) : (
          <ul className="list">
            {findings.map((finding) => (
              <FindingCard key={finding.findingId} report={report} finding={finding} side={side} />
            ))}
          </ul>
        )}
      </Card>
      {(evidence.length > 0 || (isHost && isOpen)) && (
        <Card title={t('evidence')}>
          <EvidenceList report={report} />
          {isHost && isOpen && <AddEvidence report={report} />}
        </Card>
      )}
      {(feedback.length > 0 || (isHost && isOpen)) && (
        <Card title={t('feedback')}>
          <Feedback feedback={feedback} />
          {isHost && isOpen && <AddFeedback bookingId={bookingId} />}
        </Card>
      )}
      {report.finished ? <Signature report={report} /> : isHost && <FinishReport report={report} />}
    </>
  );
};

const Feedback = ({ feedback }: Pick<TestReportView, 'feedback'>): ReactNode => {
  const { t } = useText('sandbox');
  return (
    <ul className="list">
      {feedback.map(({ tester, rating, comment, at }) => (
        <li key={`${tester} ${at}`}>
          <div className="line-head">
            <strong>{tester}</strong>
            <span className="quiet">{t('rating', { rating })}</span>
          </div>
          {comment && <p className="text">{comment}</p>}
        </li>
      ))}
    </ul>
  );
};
