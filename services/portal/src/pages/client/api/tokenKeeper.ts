/**
 * Somebody signed in or chose another company in another window: the browser has one session. What this page still wants to send was meant
 * in the name of someone else.
 */
export class ActsForAnother extends Error {
  override readonly name = 'ActsForAnother';
}

export type TokenKeeper = {
  /** A token that still lasts a while, or undefined when nobody is signed in. */
  readonly current: () => Promise<string | undefined>;
  /** A token fetched anew: the old one was refused, or stands for another company. */
  readonly renew: () => Promise<string | undefined>;
  readonly forget: () => void;
  /** For whom it is kept: a person and its company. Undefined before the first token. */
  readonly whose: () => string | undefined;
  /** Only tokens of this person and company are welcome, as if one had been fetched; where none was. */
  readonly expect: (whose: string) => void;
  /** From now on whoever comes is welcome. Until then only tokens of the same person and company are. */
  readonly beginAnew: () => void;
};

/** Milliseconds before its end at which a token is no longer used. */
const renewBefore = 60_000;

type Options = {
  /** Called when a token stands for somebody else than the one before. */
  readonly onAnother?: () => void;
  readonly now?: () => number;
};

/** Keeps the token in memory only. `fetchToken` settles with undefined when nobody is signed in. */
export const keepToken = (
  fetchToken: () => Promise<string | undefined>,
  { onAnother = () => undefined, now = Date.now }: Options = {},
): TokenKeeper => {
  let kept: { readonly token: string; readonly until: number } | undefined;
  let keptFor: string | undefined;
  let isAnother = false;
  let underWay: Promise<string | undefined> | undefined;

  const fetchOnce = async (): Promise<string | undefined> => {
    const token = await fetchToken();
    kept = undefined;
    if (token === undefined) return undefined;
    const whose = whoseOf(token);
    isAnother = keptFor !== undefined && keptFor !== whose;
    if (isAnother) throw new ActsForAnother('the session stands for somebody else by now');
    keptFor = whose;
    kept = { token, until: endOf(token) };
    return token;
  };
  const renew = (): Promise<string | undefined> => {
    underWay ??= fetchOnce().finally(() => {
      underWay = undefined;
      if (isAnother) onAnother();
    });
    return underWay;
  };

  return {
    current: async () => (kept && kept.until - now() > renewBefore ? kept.token : renew()),
    renew,
    forget: () => {
      kept = undefined;
    },
    whose: () => keptFor,
    expect: (whose) => {
      keptFor ??= whose;
    },
    beginAnew: () => {
      kept = undefined;
      keptFor = undefined;
      isAnother = false;
    },
  };
};

const claimsOf = (token: string): Readonly<Record<string, unknown>> => {
  try {
    const payload = (token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/');
    return (JSON.parse(atob(payload)) ?? {}) as Record<string, unknown>;
  } catch {
    return {};
  }
};

const whoseOf = (token: string): string => {
  const { sub, organisation } = claimsOf(token);
  return JSON.stringify([sub, organisation]);
};

/** Milliseconds since the epoch at which a JWT ends; one that cannot be read counts as ended. */
export const endOf = (token: string): number => {
  const { exp } = claimsOf(token);
  return typeof exp === 'number' ? exp * 1_000 : 0;
};
