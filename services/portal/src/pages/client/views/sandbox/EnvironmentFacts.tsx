import { useQuery } from '@tanstack/react-query';
import { sandboxApi } from '@umuhuza/contracts/sandbox/api';
import type { EnvironmentView, TesterPanel } from '@umuhuza/contracts/sandbox/schemas';
import type { ReactNode } from 'react';
import { expecting } from '../../api/answers.ts';
import { addressOf } from '../../api/client.ts';
import { sandbox } from '../../api/platform.ts';
import { Card } from '../../parts/Card.tsx';
import { Documents } from '../../parts/Documents.tsx';
import { Failure } from '../../parts/Failure.tsx';
import { Loading } from '../../parts/Loading.tsx';
import { useText } from '../../texts/useText.ts';
import { Fact } from '../Detail.tsx';
import { KindsText, LanguagesText } from './Words.tsx';

export const environmentKey = (id: string) => ['environments', 'one', id] as const;
export const readEnvironment = (id: string) => () => expecting(200, sandbox.environment({ params: { id } }));

/** The test environment of a slot, as its host describes it. */
export const EnvironmentOf = ({ id }: { readonly id: string }): ReactNode => {
  const { t } = useText('sandbox');
  const { data, error, isPending, refetch } = useQuery({ queryKey: environmentKey(id), queryFn: readEnvironment(id) });
  return (
    <Card title={t('environment')} aside={<a href={`#/environments/${id}`}>{t('all-slots-here')}</a>}>
      {isPending ? (
        <Loading items={4} />
      ) : data === undefined ? (
        <Failure error={error} onRetry={() => void refetch()} />
      ) : (
        <EnvironmentFacts environment={data} />
      )}
    </Card>
  );
};

export const EnvironmentFacts = ({ environment }: { readonly environment: EnvironmentView }): ReactNode => {
  const { t } = useText('sandbox');
  const { description, areas, kinds, devices, networks, languages, testerPanel, dataRules, documents, uploads, seatsPerPlace } =
    environment;
  return (
    <>
      {description && <p className="text">{description}</p>}
      <dl className="facts">
        <Fact name={t('what-to-test')}>
          <KindsText areas={areas} kinds={kinds} />
        </Fact>
        <Fact name={t('languages')}>
          <LanguagesText languages={languages} />
        </Fact>
        {devices.length > 0 && <Fact name={t('devices')}>{devices.join(', ')}</Fact>}
        {networks.length > 0 && <Fact name={t('networks')}>{networks.join(', ')}</Fact>}
        {testerPanel && (
          <Fact name={t('tester-panel')}>
            <PanelText panel={testerPanel} />
          </Fact>
        )}
        <Fact name={t('own-testers')}>{t('own-testers-most', { count: seatsPerPlace })}</Fact>
        <Fact name={t('data-rules')}>
          {t('data-at-most', { data: t(`data-${dataRules.data}`) })} {dataRules.law}
          {dataRules.notes && <span className="text hint detail-line">{dataRules.notes}</span>}
        </Fact>
      </dl>
      {documents.length + uploads.length > 0 && <h3>{t('documents')}</h3>}
      {uploads.length > 0 && (
        <Documents
          documents={uploads}
          addressFor={(documentId) =>
            addressOf(sandboxApi.environmentDocument, { params: { id: environment.environmentId, documentId } })
          }
        />
      )}
      {documents.length > 0 && (
        <ul className="plain-list">
          {documents.map(({ title, url }) => (
            <li key={`${title} ${url}`}>
              <a href={url} rel="noreferrer" target="_blank">
                {title}
              </a>
            </li>
          ))}
        </ul>
      )}
    </>
  );
};

/** The people who test: how many, who they are, what they speak. */
export const PanelText = ({ panel }: { readonly panel: TesterPanel }): ReactNode => {
  const { t } = useText('sandbox');
  const { size, profile, languages } = panel;
  return (
    <>
      {t('testers', { count: size })}
      {profile && `: ${profile}`}
      {languages.length > 0 && (
        <>
          {' '}
          (<LanguagesText languages={languages} />)
        </>
      )}
    </>
  );
};
