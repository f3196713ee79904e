/** What an edit meets that was made on something which has changed since. */
export type Meanwhile<Name extends string> = {
  /** Changed by both, to different things. */
  readonly disputed: readonly Name[];
  /** Changed by others only: it is simply taken over. */
  readonly others: readonly Name[];
};

/** Compares what is typed with what was read first and what is there now, field by field. */
export const whatChangedMeanwhile = <Fields extends object>(
  read: Fields,
  typed: Partial<Fields>,
  now: Fields,
): Meanwhile<keyof Fields & string> => {
  const names = [...new Set([...Object.keys(read), ...Object.keys(now)])] as (keyof Fields & string)[];
  const changed = names.filter((name) => !isSame(read[name], now[name]));
  const isTyped = (name: keyof Fields & string) => Object.hasOwn(typed, name) && !isSame(typed[name], read[name]);
  return {
    disputed: changed.filter((name) => isTyped(name) && !isSame(typed[name], now[name])),
    others: changed.filter((name) => !isTyped(name)),
  };
};

/** The same content, however its fields are ordered. */
export const isSame = (one: unknown, other: unknown): boolean => written(one) === written(other);

const written = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  ) ?? '';
