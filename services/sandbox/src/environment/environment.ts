/** A company as it was known when it acted here; the name is null where it had not been learned yet. */
export type Host = { readonly organisationId: string; readonly name: string | null };

/** A place to test in. What it offers passes through untouched; slots are opened on its terms. */
export type Environment<Content = unknown> =
  | { readonly status: 'none' }
  | {
      readonly status: 'open';
      readonly id: string;
      readonly host: Host;
      readonly content: Content;
      readonly openedAt: string;
    };

export type EnvironmentFact<Content = unknown> = {
  readonly type: 'EnvironmentOpened';
  readonly environmentId: string;
  readonly host: Host;
  readonly content: Content;
  readonly at: string;
};

export const noEnvironment: Environment<never> = { status: 'none' };

export const evolve = <Content>(_environment: Environment<Content>, fact: EnvironmentFact<Content>): Environment<Content> => ({
  status: 'open',
  id: fact.environmentId,
  host: fact.host,
  content: fact.content,
  openedAt: fact.at,
});
