export type Organisation = { readonly organisationId: string; readonly name: string; readonly country: 'DE' | 'RW' };

/** What it began with: an accepted interest, or an award (the tender's id). */
export type Origin = { readonly kind: 'interest' | 'award'; readonly id: string };

type Known = {
  readonly cooperationId: string;
  readonly organisations: readonly [Organisation, Organisation];
  readonly origin: Origin;
  readonly title?: string | undefined;
  readonly startedAt: string;
  /** The awarded lots it stands on; missing where it began with an interest, or in an earlier version. */
  readonly lots?: readonly string[];
};

export type Cooperation =
  | { readonly status: 'none' }
  | (Known & { readonly status: 'introduced' })
  | (Known & { readonly status: 'ended'; readonly reason: string; readonly endedAt: string });

export type CooperationFact =
  | {
      readonly type: 'CooperationStarted';
      readonly cooperationId: string;
      readonly organisations: readonly [Organisation, Organisation];
      readonly origin: Origin;
      readonly title?: string | undefined;
      readonly lotId?: string;
      readonly at: string;
    }
  | { readonly type: 'LotAdded'; readonly lotId: string }
  | { readonly type: 'LotLost'; readonly lotId: string }
  | { readonly type: 'CooperationEnded'; readonly reason: string; readonly at: string };

export const noCooperation: Cooperation = { status: 'none' };

/** The cooperation after this fact. A fact only ever follows from a state that allows it; in any other it changes nothing. */
export const evolve = (cooperation: Cooperation, fact: CooperationFact): Cooperation => {
  if (fact.type === 'CooperationStarted')
    return {
      status: 'introduced',
      cooperationId: fact.cooperationId,
      organisations: fact.organisations,
      origin: fact.origin,
      ...(fact.title === undefined ? {} : { title: fact.title }),
      startedAt: fact.at,
      ...(fact.lotId === undefined ? {} : { lots: [fact.lotId] }),
    };
  if (cooperation.status !== 'introduced') return cooperation;
  switch (fact.type) {
    case 'LotAdded':
      return { ...cooperation, lots: [...(cooperation.lots ?? []), fact.lotId] };
    case 'LotLost':
      return { ...cooperation, lots: (cooperation.lots ?? []).filter((lotId) => lotId !== fact.lotId) };
    case 'CooperationEnded':
      return { ...cooperation, status: 'ended', reason: fact.reason, endedAt: fact.at };
  }
};
