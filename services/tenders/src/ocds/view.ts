export type Fields = Readonly<Record<string, unknown>>;

/** Who reads, when and where. */
export type View = {
  /** Also what only its buyer may know. */
  readonly isOwn: boolean;
  /** The instant as of which it is told. */
  readonly at: string;
  /** Where the platform is reached from outside. */
  readonly publicUrl: string;
};
