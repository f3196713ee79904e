import type { Membership } from '@umuhuza/contracts/identity/schemas';
import type { SlotView } from '@umuhuza/contracts/sandbox/schemas';
import type { ReactNode } from 'react';
import { expecting } from '../../api/answers.ts';
import { sandbox } from '../../api/platform.ts';
import { Period } from '../../parts/Times.tsx';
import { useText } from '../../texts/useText.ts';
import { Detail, Fact } from '../Detail.tsx';
import { HostedSlot } from '../hosting/HostedSlot.tsx';
import { EnvironmentOf } from './EnvironmentFacts.tsx';
import { SlotActions } from './SlotActions.tsx';
import { SlotBadge } from './SlotLine.tsx';
import { nameOf, PriceText } from './Words.tsx';

export const readSlot = (id: string) => () => expecting(200, sandbox.slot({ params: { id } }));

export const SlotPage = ({ id, company }: { readonly id: string; readonly company: Membership }): ReactNode => {
  const { t } = useText('sandbox');
  return (
    <Detail
      queryKey={['slots', 'one', id]}
      read={readSlot(id)}
      titleOf={({ title }) => title}
      kind={t('slot')}
      badgeOf={(slot) => <SlotBadge slot={slot} />}
    >
      {(slot) => {
        const isHost = slot.host.organisationId === company.organisationId;
        return (
          <>
            {(slot.closedBecause || slot.closedByHours) && (
              <p className="note">
                <strong>{t('closed-because')}</strong> {slot.closedBecause ?? t('closed-by-hours')}
              </p>
            )}
            <SlotFacts slot={slot} />
            {isHost ? <HostedSlot slot={slot} company={company} /> : <SlotActions slot={slot} />}
            {!isHost && <EnvironmentOf id={slot.environmentId} />}
          </>
        );
      }}
    </Detail>
  );
};

const SlotFacts = ({ slot }: { readonly slot: SlotView }): ReactNode => {
  const { t } = useText('sandbox');
  const { startsAt, endsAt, host, place, status, free, capacity, waiting, price, confirmation, cancellationNoticeHours } = slot;
  return (
    <dl className="facts">
      <Fact name={t('when')}>
        <Period startsAt={startsAt} endsAt={endsAt} />
      </Fact>
      <Fact name={t('place')}>{[nameOf(host), place.address, place.city].filter(Boolean).join(', ')}</Fact>
      <Fact name={t('places')}>
        {status === 'closed' ? t('slot-closed') : t('free-of', { free, capacity })}
        {waiting > 0 && ` · ${t('waiting', { count: waiting })}`}
      </Fact>
      <Fact name={t('price')}>
        <PriceText price={price} />
      </Fact>
      <Fact name={t('confirmation')}>{t(`confirmation-${confirmation}`)}</Fact>
      <Fact name={t('cancellation')}>
        {cancellationNoticeHours === 0 ? t('cancel-any-time') : t('cancel-notice', { count: cancellationNoticeHours })}
      </Fact>
    </dl>
  );
};
