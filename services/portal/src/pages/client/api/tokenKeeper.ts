export type TokenKeeper = {
  /** A token that still lasts a while, or undefined when nobody is signed in. */
  readonly current: () => Promise<string | undefined>;
  /** A token fetched anew: the old one was refused, or stands for another company. */
  readonly renew: () => Promise<string | undefined>;
  readonly forget: () => void;
};

/** Milliseconds before its end at which a token is no longer used. */
const renewBefore = 60_000;

/** Keeps the token in memory only. `fetchToken` settles with undefined when nobody is signed in. */
export const keepToken = (fetchToken: () => Promise<string | undefined>, now: () => number = Date.now): TokenKeeper => {
  let kept: { readonly token: string; readonly until: number } | undefined;
  let underWay: Promise<string | undefined> | undefined;

  const fetchOnce = async (): Promise<string | undefined> => {
    const token = await fetchToken();
    kept = token === undefined ? undefined : { token, until: endOf(token) };
    return token;
  };
  const renew = (): Promise<string | undefined> => {
    underWay ??= fetchOnce().finally(() => {
      underWay = undefined;
    });
    return underWay;
  };

  return {
    current: async () => (kept && kept.until - now() > renewBefore ? kept.token : renew()),
    renew,
    forget: () => {
      kept = undefined;
    },
  };
};

/** Milliseconds since the epoch at which a JWT ends; one that cannot be read counts as ended. */
export const endOf = (token: string): number => {
  try {
    const payload = (token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/');
    const { exp } = JSON.parse(atob(payload)) as { readonly exp?: unknown };
    return typeof exp === 'number' ? exp * 1_000 : 0;
  } catch {
    return 0;
  }
};
