export type Organisation = { readonly organisationId: string; readonly name: string; readonly country: 'DE' | 'RW' };
export type Contact = { readonly name: string; readonly email: string; readonly phone?: string | undefined };

/** Who agreed, when, that the other side learns the organisation's identity and this contact. */
export type Consent = { readonly user: string; readonly at: string; readonly contact?: Contact | undefined };

/** What was asked, and of whom: the same in every state after the first. */
type Asked = {
  readonly interestId: string;
  readonly from: Organisation;
  readonly to: Organisation;
  readonly message?: string | undefined;
  readonly consentOfFrom: Consent;
  readonly expressedAt: string;
  readonly expiresAt: string;
};

export type Interest =
  | { readonly status: 'none' }
  | ({ readonly status: 'expressed' } & Asked)
  | ({ readonly status: 'accepted'; readonly answeredAt: string; readonly consentOfTo: Consent } & Asked)
  | ({ readonly status: 'declined'; readonly answeredAt: string; readonly reason?: string | undefined } & Asked)
  | ({ readonly status: 'expired' } & Asked)
  | ({
      readonly status: 'introduced';
      readonly answeredAt: string;
      readonly consentOfTo: Consent;
      readonly cooperationId: string;
    } & Asked);

export type InterestFact =
  | ({ readonly type: 'InterestExpressed' } & Asked)
  | { readonly type: 'InterestAccepted'; readonly consent: Consent; readonly at: string }
  | { readonly type: 'InterestDeclined'; readonly reason?: string | undefined; readonly at: string }
  | { readonly type: 'InterestExpired' }
  | { readonly type: 'BothIntroduced'; readonly cooperationId: string };

export const noInterest: Interest = { status: 'none' };

const asked = ({ interestId, from, to, message, consentOfFrom, expressedAt, expiresAt }: Asked): Asked => ({
  interestId,
  from,
  to,
  ...(message === undefined ? {} : { message }),
  consentOfFrom,
  expressedAt,
  expiresAt,
});

export const evolve = (interest: Interest, fact: InterestFact): Interest => {
  if (fact.type === 'InterestExpressed') return { status: 'expressed', ...asked(fact) };
  if (interest.status === 'none') return interest;
  switch (fact.type) {
    case 'InterestAccepted':
      return { status: 'accepted', ...asked(interest), answeredAt: fact.at, consentOfTo: fact.consent };
    case 'InterestDeclined':
      return {
        status: 'declined',
        ...asked(interest),
        answeredAt: fact.at,
        ...(fact.reason === undefined ? {} : { reason: fact.reason }),
      };
    case 'InterestExpired':
      return { status: 'expired', ...asked(interest) };
    case 'BothIntroduced':
      return interest.status === 'accepted' ? { ...interest, status: 'introduced', cooperationId: fact.cooperationId } : interest;
  }
};

/** Silence ends after 14 days. */
export const expiryOf = (expressedAt: string): string =>
  Temporal.Instant.from(expressedAt)
    .add({ hours: 14 * 24 })
    .toString({ fractionalSecondDigits: 3 });

/** Whether the time to answer has passed, whatever any timer did or did not do. */
export const isOver = ({ expiresAt }: { readonly expiresAt: string }, at: string): boolean =>
  Temporal.Instant.compare(at, expiresAt) >= 0;
