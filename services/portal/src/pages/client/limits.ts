// What the contracts bound; their modules stay at home, and a spec holds the two equal.

/** A document, in bytes. */
export const mostUploadBytes = 20 * 1024 * 1024;

/** How many things may be asked for by name at once. */
export const mostAskedAtOnce = 100;

/** How many documents each may have. */
export const mostDocuments = { tender: 50, bid: 20, milestone: 20, environment: 20, report: 20 } as const;
