export type Organisation = { readonly organisationId: string; readonly name: string; readonly country: 'DE' | 'RW' };

/** What it began with: an accepted interest, or an award (the tender's id). */
export type Origin = { readonly kind: 'interest' | 'award'; readonly id: string };

export type Cooperation =
  | { readonly status: 'none' }
  | {
      readonly status: 'introduced';
      readonly cooperationId: string;
      readonly organisations: readonly [Organisation, Organisation];
      readonly origin: Origin;
      readonly title?: string | undefined;
      readonly startedAt: string;
    };

export type CooperationFact = {
  readonly type: 'CooperationStarted';
  readonly cooperationId: string;
  readonly organisations: readonly [Organisation, Organisation];
  readonly origin: Origin;
  readonly title?: string | undefined;
  readonly at: string;
};

export const noCooperation: Cooperation = { status: 'none' };

export const evolve = (_cooperation: Cooperation, fact: CooperationFact): Cooperation => ({
  status: 'introduced',
  cooperationId: fact.cooperationId,
  organisations: fact.organisations,
  origin: fact.origin,
  ...(fact.title === undefined ? {} : { title: fact.title }),
  startedAt: fact.at,
});
