import type { Membership } from '@umuhuza/contracts/identity/schemas';
import type { Contact, CooperationView, InterestView } from '@umuhuza/contracts/matching/schemas';
import { type ReactNode, useEffect, useRef } from 'react';
import { expecting } from '../api/answers.ts';
import { matching } from '../api/platform.ts';
import { Badge } from '../parts/Badge.tsx';
import { Card } from '../parts/Card.tsx';
import { PagedList } from '../parts/PagedList.tsx';
import { BothClocks } from '../parts/Times.tsx';
import { useTitle } from '../parts/useTitle.ts';
import { useText } from '../texts/useText.ts';
import { AnswerInterest } from './AnswerInterest.tsx';

type ContactsProps = {
  readonly company: Membership /** The interest or cooperation a link led to. */;
  readonly shown: string | undefined;
};

/** With whom the company would like to work, and with whom it does. */
export const Contacts = ({ company, shown }: ContactsProps): ReactNode => {
  const { t } = useText();
  useTitle(t('contacts'));
  return (
    <div className="narrow">
      <h1>{t('contacts')}</h1>
      <Card title={t('cooperations')}>
        <PagedList
          queryKey={['cooperations']}
          read={(cursor) =>
            expecting(200, matching.cooperations({ query: { limit: 20, ...(cursor === undefined ? {} : { cursor }) } }))
          }
          keyOf={({ cooperationId }) => cooperationId}
          expected={2}
          empty={t('no-cooperations')}
        >
          {(cooperation) => <CooperationLine cooperation={cooperation} company={company} shown={shown} />}
        </PagedList>
      </Card>
      <Card title={t('interests')}>
        <PagedList
          queryKey={['interests']}
          read={(cursor) =>
            expecting(200, matching.interests({ query: { limit: 20, ...(cursor === undefined ? {} : { cursor }) } }))
          }
          keyOf={({ interestId }) => interestId}
          expected={2}
          empty={t('no-interests')}
        >
          {(interest) => <InterestLine interest={interest} shown={shown} />}
        </PagedList>
      </Card>
    </div>
  );
};

/** Brings what a link named into view. */
const ShownLine = ({ isShown, children }: { readonly isShown: boolean; readonly children: ReactNode }): ReactNode => {
  const line = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (isShown) line.current?.focus();
  }, [isShown]);
  return (
    <li ref={line} tabIndex={-1} className={isShown ? 'shown' : undefined}>
      {children}
    </li>
  );
};

type InterestLineProps = { readonly interest: InterestView; readonly shown: string | undefined };

const InterestLine = ({ interest, shown }: InterestLineProps): ReactNode => {
  const { t } = useText();
  const { interestId, direction, status, from, to, message, expiresAt, reason } = interest;
  const other = direction === 'sent' ? to : from;
  return (
    <ShownLine isShown={shown === interestId}>
      <div className="line-head">
        <strong>{t(direction === 'sent' ? 'interest-sent' : 'interest-received', { name: other.name })}</strong>
        <Badge status={status} />
      </div>
      {message && <p className="text">{message}</p>}
      {reason && <p className="text">{reason}</p>}
      <ContactLine contact={other.contact} />
      {status === 'expressed' && (
        <p className="quiet">
          {t('answer-until')} <BothClocks instant={expiresAt} />
        </p>
      )}
      {status === 'expressed' && direction === 'received' && <AnswerInterest interestId={interestId} />}
    </ShownLine>
  );
};

type CooperationLineProps = {
  readonly cooperation: CooperationView;
  readonly company: Membership;
  readonly shown: string | undefined;
};

const CooperationLine = ({ cooperation, company, shown }: CooperationLineProps): ReactNode => {
  const { t } = useText();
  const { cooperationId, organisations, title, origin, startedAt, status, ended } = cooperation;
  const other = organisations.find(({ organisationId }) => organisationId !== company.organisationId);
  return (
    <ShownLine isShown={shown === cooperationId}>
      <div className="line-head">
        <strong>{other?.name}</strong>
        <Badge status={status} />
      </div>
      {title && (
        <p>
          <a href={`#/tenders/${origin.id}`}>{title}</a>
        </p>
      )}
      <ContactLine contact={other?.contact} />
      <p className="quiet">
        {t('began-on')} <BothClocks instant={startedAt} />
      </p>
      {ended && (
        <>
          <p className="text">{ended.reason}</p>
          <p className="quiet">
            {t('ended-on')} <BothClocks instant={ended.at} />
          </p>
        </>
      )}
    </ShownLine>
  );
};

const ContactLine = ({ contact }: { readonly contact: Contact | undefined }): ReactNode => {
  const { t } = useText();
  if (!contact) return null;
  const { name, email, phone } = contact;
  return (
    <p>
      {t('contact')}: {name}, <a href={`mailto:${email}`}>{email}</a>
      {phone && (
        <>
          , <a href={`tel:${phone.replace(/[^\d+]/g, '')}`}>{phone}</a>
        </>
      )}
    </p>
  );
};
