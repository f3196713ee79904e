import type { Membership } from '@umuhuza/contracts/identity/schemas';
import type { EnvironmentView } from '@umuhuza/contracts/sandbox/schemas';
import type { ReactNode } from 'react';
import { Card } from '../../parts/Card.tsx';
import { useText } from '../../texts/useText.ts';
import { Detail, Fact } from '../Detail.tsx';
import { EnvironmentFacts, environmentKey, readEnvironment } from '../sandbox/EnvironmentFacts.tsx';
import { TermsText } from '../sandbox/Terms.tsx';
import { nameOf, PriceText } from '../sandbox/Words.tsx';
import { Agenda } from './Agenda.tsx';
import { CloseEnvironment } from './CloseEnvironment.tsx';
import { Conflicts } from './Conflicts.tsx';
import { EnvironmentDocuments } from './EnvironmentDocuments.tsx';
import { HoursList } from './HoursList.tsx';

/** A test environment with its slots, for everybody; its host can change it. */
export const EnvironmentPage = ({ id, company }: { readonly id: string; readonly company: Membership }): ReactNode => {
  const { t } = useText('sandbox');
  return (
    <Detail
      queryKey={environmentKey(id)}
      read={readEnvironment(id)}
      titleOf={({ title }) => title}
      kind={t('environment')}
      badgeOf={({ status }) => (
        <span className={`badge ${status === 'open' ? 'live' : 'ended'}`}>{t(`environment-${status}`)}</span>
      )}
    >
      {(environment) => {
        const isHost = environment.host.organisationId === company.organisationId;
        return (
          <>
            {environment.closedBecause && (
              <p className="note">
                <strong>{t('closed-because')}</strong> {environment.closedBecause}
              </p>
            )}
            {isHost && <Conflicts environmentId={id} />}
            <Card
              title={t('slots')}
              aside={isHost && environment.status === 'open' && <a href={`#/environments/${id}/slots`}>{t('open-slot')}</a>}
            >
              <Agenda environmentId={id} timeZone={environment.timeZone} isHost={isHost} />
            </Card>
            {isHost && <HoursList environment={environment} />}
            <Card title={t('description')} aside={isHost && <a href={`#/environments/${id}/edit`}>{t('edit')}</a>}>
              {/* Its host has the files below, where they are added and removed. */}
              <EnvironmentFacts environment={isHost ? { ...environment, uploads: [] } : environment} />
              <Conditions environment={environment} />
            </Card>
            {isHost && <EnvironmentDocuments environment={environment} />}
            {isHost && <CloseEnvironment environment={environment} />}
          </>
        );
      }}
    </Detail>
  );
};

const Conditions = ({ environment }: { readonly environment: EnvironmentView }): ReactNode => {
  const { t } = useText('sandbox');
  const { host, place, price, confirmation, cancellationNoticeHours, offerHoldHours, bufferMinutes, termsOfUse, timeZone } =
    environment;
  return (
    <>
      <dl className="facts">
        <Fact name={t('host')}>
          <a href={`#/companies/${host.organisationId}`}>{nameOf(host)}</a>
        </Fact>
        <Fact name={t('place')}>{[place.address, place.city].filter(Boolean).join(', ')}</Fact>
        <Fact name={t('price')}>
          <PriceText price={price} />
        </Fact>
        <Fact name={t('confirmation')}>{t(`confirmation-${confirmation}`)}</Fact>
        <Fact name={t('cancellation')}>
          {cancellationNoticeHours === 0 ? t('cancel-any-time') : t('cancel-notice', { count: cancellationNoticeHours })}
        </Fact>
        <Fact name={t('waitlist')}>{t('offer-hold-hours', { count: offerHoldHours })}</Fact>
        {bufferMinutes !== undefined && <Fact name={t('buffer')}>{t('minutes', { count: bufferMinutes })}</Fact>}
        <Fact name={t('time-zone')}>{timeZone}</Fact>
      </dl>
      {termsOfUse && (
        <details>
          <summary>{t('terms-version', { version: termsOfUse.version })}</summary>
          <TermsText hash={termsOfUse.hash} />
        </details>
      )}
    </>
  );
};
