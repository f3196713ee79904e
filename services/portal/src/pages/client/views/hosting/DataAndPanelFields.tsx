import type { ReactNode } from 'react';
import { Radios } from '../../forms/Choice.tsx';
import { Field } from '../../forms/Form.tsx';
import { NumberField } from '../../forms/NumberField.tsx';
import { Rows } from '../../forms/Rows.tsx';
import { TextArea } from '../../forms/TextArea.tsx';
import { Card } from '../../parts/Card.tsx';
import { allowedBy } from '../../sandbox/dataClasses.ts';
import { useText } from '../../texts/useText.ts';
import { LanguageRows } from '../sandbox/LanguageRows.tsx';
import type { FieldsProps } from './fieldsProps.ts';

export const DataAndPanelFields = ({ values, set, error }: FieldsProps): ReactNode => {
  const { t } = useText('sandbox');
  return (
    <>
      <Card title={t('tester-panel')}>
        <NumberField
          name="testerPanel.size"
          label={t('field-panelSize')}
          hint={t('panel-size-hint')}
          min={1}
          max={10_000}
          isOptional
          value={values.panelSize ?? undefined}
          error={error}
          onChange={(size) => set({ panelSize: size ?? null })}
        />
        {values.panelSize !== null && (
          <>
            <TextArea
              name="testerPanel.profile"
              label={t('field-panelProfile')}
              hint={t('panel-profile-hint')}
              rows={2}
              maxLength={1_000}
              isOptional
              value={values.panelProfile}
              error={error}
              onChange={(panelProfile) => set({ panelProfile })}
            />
            <LanguageRows
              name="testerPanel.languages"
              label={t('field-panelLanguages')}
              values={values.panelLanguages}
              error={error}
              onChange={(panelLanguages) => set({ panelLanguages })}
            />
          </>
        )}
      </Card>
      <Card title={t('data-rules')}>
        <Radios
          name="dataRules.data"
          label={t('field-data')}
          options={allowedBy('consented-users').map((value) => ({
            value,
            label: t(`data-${value}`),
            detail: t(`data-${value}-detail`),
          }))}
          value={values.data === '' ? undefined : values.data}
          error={error}
          onChange={(data) => set({ data })}
        />
        <Field
          name="dataRules.law"
          label={t('field-law')}
          hint={t('law-hint')}
          maxLength={200}
          value={values.law}
          error={error}
          onChange={(law) => set({ law })}
        />
        <TextArea
          name="dataRules.notes"
          label={t('field-dataNotes')}
          rows={2}
          maxLength={2_000}
          isOptional
          value={values.dataNotes}
          error={error}
          onChange={(dataNotes) => set({ dataNotes })}
        />
        <Rows
          label={t('field-documents')}
          hint={t('documents-hint')}
          items={values.documents}
          empty={{ title: '', url: '' }}
          rowName={t('document')}
          add={t('add-document')}
          most={20}
          onChange={(documents) => set({ documents })}
        >
          {(document, setDocument, index) => (
            <>
              <Field
                name={`documents.${index}.title`}
                label={t('document-title')}
                maxLength={160}
                value={document.title}
                error={error}
                onChange={(title) => setDocument({ title })}
              />
              <Field
                name={`documents.${index}.url`}
                type="url"
                label={t('document-url')}
                maxLength={300}
                value={document.url}
                error={error}
                onChange={(url) => setDocument({ url })}
              />
            </>
          )}
        </Rows>
      </Card>
    </>
  );
};
