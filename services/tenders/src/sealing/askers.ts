/** What stands for who asked questions, for ever: an asker is known to nobody but itself, also after the opening. */
export type Askers = {
  /** For an organisation's questions about one tender; nothing in it leads to its bid, or to its questions about another tender. */
  readonly markOf: (tenderId: string, organisation: string) => string;
};

export const askerMark = (mark: string): string => `asker-${mark}`;

/** False for an organisation's id, as an earlier version kept it. */
export const isAskerMark = (askedBy: string): boolean => askedBy.startsWith(askerMark(''));
