/** A company as it was known when it acted here; the name is null where it had not been learned yet. */
export type Host = { readonly organisationId: string; readonly name: string | null };

/** Which text a guest accepts: its SHA-256, and how often it has changed, counting from 1. The text itself lies apart. */
export type TermsOfUse = { readonly version: number; readonly hash: string };

/** A file that the host gives to read; what it is was found in its content. */
export type EnvironmentDocument = {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly size: number;
  readonly sha256: string;
};

type Described<Content> = {
  readonly id: string;
  readonly host: Host;
  readonly content: Content;
  readonly termsOfUse?: TermsOfUse;
  /** Counts every text there has been, also while there is none. */
  readonly termsVersions?: number;
  readonly documents?: readonly EnvironmentDocument[];
  readonly openedAt: string;
  readonly changedAt?: string;
};

/** A place to test in. What it offers passes through untouched; slots are opened on its terms. */
export type Environment<Content = unknown> =
  | { readonly status: 'none' }
  | ({ readonly status: 'open' } & Described<Content>)
  | ({ readonly status: 'closed'; readonly reason: string } & Described<Content>);
export type KnownEnvironment<Content> = Exclude<Environment<Content>, { readonly status: 'none' }>;

export type EnvironmentFact<Content = unknown> =
  | {
      readonly type: 'EnvironmentOpened';
      readonly environmentId: string;
      readonly host: Host;
      readonly content: Content;
      readonly termsHash?: string;
      readonly at: string;
    }
  | { readonly type: 'EnvironmentDescribed'; readonly content: Content; readonly termsHash?: string; readonly at: string }
  | { readonly type: 'EnvironmentClosed'; readonly reason: string; readonly at: string }
  | { readonly type: 'EnvironmentReopened'; readonly at: string }
  | { readonly type: 'DocumentAdded'; readonly document: EnvironmentDocument; readonly at: string }
  | { readonly type: 'DocumentRemoved'; readonly documentId: string; readonly at: string };

export const noEnvironment: Environment<never> = { status: 'none' };

export const evolve = <Content>(environment: Environment<Content>, fact: EnvironmentFact<Content>): Environment<Content> => {
  if (fact.type === 'EnvironmentOpened') {
    const { environmentId: id, host, content, termsHash, at } = fact;
    return { status: 'open', id, host, content, ...termsAfter(undefined, 0, termsHash), openedAt: at };
  }
  if (environment.status === 'none') return environment;
  const { id, host, content, openedAt, termsOfUse, termsVersions, documents = [] } = environment;
  const withDocuments = documents.length > 0 ? { documents } : {};
  const same = {
    id,
    host,
    content,
    ...(termsOfUse ? { termsOfUse } : {}),
    ...(termsVersions ? { termsVersions } : {}),
    ...withDocuments,
    openedAt,
    changedAt: fact.at,
  };
  switch (fact.type) {
    case 'EnvironmentDescribed': {
      const described = {
        id,
        host,
        content: fact.content,
        ...termsAfter(termsOfUse, termsVersions ?? 0, fact.termsHash),
        ...withDocuments,
        openedAt,
      };
      return environment.status === 'open'
        ? { status: 'open', ...described, changedAt: fact.at }
        : { status: 'closed', reason: environment.reason, ...described, changedAt: fact.at };
    }
    case 'EnvironmentClosed':
      return { status: 'closed', reason: fact.reason, ...same };
    case 'EnvironmentReopened':
      return { status: 'open', ...same };
    case 'DocumentAdded':
      return { ...environment, documents: [...documents, fact.document], changedAt: fact.at };
    case 'DocumentRemoved':
      return { ...environment, documents: documents.filter((one) => one.id !== fact.documentId), changedAt: fact.at };
  }
};

/** A version stands for one text: the same text keeps it, another gets the next, and none takes nothing away from the count. */
const termsAfter = (
  before: TermsOfUse | undefined,
  versions: number,
  hash: string | undefined,
): { readonly termsOfUse?: TermsOfUse; readonly termsVersions?: number } => {
  if (hash === undefined) return versions === 0 ? {} : { termsVersions: versions };
  if (before?.hash === hash) return { termsOfUse: before, termsVersions: versions };
  return { termsOfUse: { version: versions + 1, hash }, termsVersions: versions + 1 };
};
