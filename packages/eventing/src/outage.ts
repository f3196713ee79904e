/** The database is away: no fault of what was asked, which may be asked again for as long as that lasts. */
export const isOutage = (error: unknown): boolean =>
  error instanceof Error &&
  /^(Mongo(Network|ServerSelection|NotConnected|PoolCleared|TopologyClosed)|PoolCleared)/.test(error.name);
