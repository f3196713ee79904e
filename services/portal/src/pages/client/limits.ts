/** A document, in bytes; the contract bounds it to the same (`mostUploadBytes`), but its modules stay at home. */
export const mostUploadBytes = 20 * 1024 * 1024;
