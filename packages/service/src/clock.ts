/** The server's instant as RFC 3339 UTC with milliseconds: the form in which text order is time order. */
export type Clock = () => string;

export const systemClock: Clock = () => new Date().toISOString();
