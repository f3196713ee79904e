import type { Membership } from '@umuhuza/contracts/identity/schemas';
import type { BookingView, TestReport } from '@umuhuza/contracts/sandbox/schemas';
import { type ReactNode, useState } from 'react';
import { expecting } from '../../api/answers.ts';
import { sandbox } from '../../api/platform.ts';
import { Select } from '../../forms/Choice.tsx';
import { Field, Form } from '../../forms/Form.tsx';
import { Rows } from '../../forms/Rows.tsx';
import { TextArea } from '../../forms/TextArea.tsx';
import { dropTyped, readTyped, writeTyped } from '../../forms/typed.ts';
import { useText } from '../../texts/useText.ts';
import { Detail } from '../Detail.tsx';
import { goTo, useAct } from '../sandbox/acting.ts';
import { readBooking } from '../sandbox/BookingPage.tsx';
import { nameOf } from '../sandbox/Words.tsx';

type Finding = { readonly title: string; readonly detail: string; readonly severity: Severity };
type Severity = TestReport['findings'][number]['severity'];
type Written = { readonly summary: string; readonly findings: readonly Finding[] };

const severities = ['low', 'medium', 'high', 'critical'] as const satisfies readonly Severity[];
const nothing: Written = { summary: '', findings: [] };
const emptyFinding: Finding = { title: '', detail: '', severity: 'medium' };

const isWritten = (value: unknown): value is Written =>
  typeof value === 'object' && value !== null && 'summary' in value && 'findings' in value && Array.isArray(value.findings);

/** The report a booking is completed with. Evidence and feedback come to it afterwards, on its own page. */
export const WriteReport = ({ id, company }: { readonly id: string; readonly company: Membership }): ReactNode => {
  const { t } = useText('sandbox');
  return (
    <Detail queryKey={['bookings', 'one', id]} read={readBooking(id)} titleOf={() => t('write-report')} kind={t('booking')}>
      {(booking) =>
        (booking.status === 'confirmed' || booking.status === 'no-show') &&
        booking.host.organisationId === company.organisationId ? (
          <ReportForm booking={booking} />
        ) : (
          <p>
            <a href={`#/bookings/${id}`}>{t('to-booking')}</a>
          </p>
        )
      }
    </Detail>
  );
};

const ReportForm = ({ booking: { bookingId, title, guest, product } }: { readonly booking: BookingView }): ReactNode => {
  const { t } = useText('sandbox');
  const form = `report.${bookingId}`;
  const [values, setValues] = useState(() => readTyped(localStorage, form, isWritten) ?? nothing);
  const set = (changed: Partial<Written>) => {
    const next = { ...values, ...changed };
    setValues(next);
    writeTyped(localStorage, form, next);
  };
  const completing = useAct(
    (report: TestReport, headers) => expecting(200, sandbox.complete({ params: { id: bookingId }, headers, body: { report } })),
    () => {
      dropTyped(localStorage, form);
      goTo(`/bookings/${bookingId}/report`);
    },
  );
  return (
    <>
      <p className="quiet">{t('report-of', { product: product.name, guest: nameOf(guest), title })}</p>
      <section className="card">
        <Form sending={completing} onSubmit={() => completing.mutate(toReport(values))} action={t('hand-over-report')}>
          <TextArea
            name="report.summary"
            label={t('summary')}
            hint={t('summary-hint')}
            maxLength={4_000}
            value={values.summary}
            error={completing.error}
            onChange={(summary) => set({ summary })}
          />
          <Rows
            label={t('findings')}
            hint={t('findings-hint')}
            items={values.findings}
            empty={emptyFinding}
            rowName={t('finding')}
            add={t('add-finding')}
            most={30}
            onChange={(findings) => set({ findings })}
          >
            {(finding, setFinding, index) => (
              <>
                <Field
                  name={`report.findings.${index}.title`}
                  label={t('finding-title')}
                  maxLength={160}
                  value={finding.title}
                  error={completing.error}
                  onChange={(text) => setFinding({ title: text })}
                />
                <Select
                  name={`report.findings.${index}.severity`}
                  label={t('severity')}
                  options={severities.map((value) => ({ value, label: t(`severity-${value}`) }))}
                  value={finding.severity}
                  onChange={(severity) => setFinding({ severity })}
                />
                <TextArea
                  name={`report.findings.${index}.detail`}
                  label={t('finding-detail')}
                  rows={3}
                  maxLength={1_000}
                  isOptional
                  value={finding.detail}
                  error={completing.error}
                  onChange={(detail) => setFinding({ detail })}
                />
              </>
            )}
          </Rows>
          <p className="hint">{t('hand-over-hint')}</p>
        </Form>
      </section>
    </>
  );
};

const toReport = ({ summary, findings }: Written): TestReport => ({
  summary,
  findings: findings.map(({ title, detail, severity }) => ({ title, severity, ...(detail.trim() === '' ? {} : { detail }) })),
});
