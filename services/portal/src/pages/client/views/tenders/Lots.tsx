import type { Membership } from '@umuhuza/contracts/identity/schemas';
import type { TenderView } from '@umuhuza/contracts/tenders/schemas';
import type { ReactNode } from 'react';
import { Card } from '../../parts/Card.tsx';
import { useText } from '../../texts/useText.ts';
import { inMoney } from '../../times.ts';
import { whyAwarded, whyNobody } from './because.ts';
import { Contract } from './Contract.tsx';

/** The lots, and what became of each. */
export const Lots = ({ tender, company }: { readonly tender: TenderView; readonly company: Membership }): ReactNode => {
  const { t, language } = useText('tenders');
  return (
    <Card title={t('lots')}>
      <ol className="list">
        {tender.lots.map((lot) => {
          const { id, title, description, award, unsuccessful, lapses = [] } = lot;
          return (
            <li key={id}>
              <strong>{title}</strong>
              {description !== '' && <p className="text">{description}</p>}
              {award && (
                <p className="award">
                  {t('awarded-to', {
                    name: award.winner.name ?? award.winner.organisationId,
                    value: inMoney(award.value, language),
                  })}
                  . {whyAwarded(award, { t, language })}
                </p>
              )}
              {award && <Contract tender={tender} lot={{ ...lot, award }} company={company} />}
              {unsuccessful && (
                <p>
                  {t('unsuccessful')}: {whyNobody(unsuccessful, { t })}
                </p>
              )}
              {lapses.map(({ bidId, how, reason }) => (
                <p key={bidId} className="quiet">
                  {t(`lapse-${how}`)}: {reason}
                </p>
              ))}
            </li>
          );
        })}
      </ol>
    </Card>
  );
};
