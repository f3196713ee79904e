export type Channel = 'inbox' | 'email';
export type Channels = { readonly [C in Channel]: boolean };

/** What a person chose. A kind without an entry is told on both channels. */
export type Preferences<Kind extends string = string, Language extends string = string> = {
  /** Null until chosen: the account's counts. */
  readonly language: Language | null;
  readonly timeZone: string | null;
  readonly kinds: { readonly [K in Kind]?: Channels };
};

export type PreferencesFact<Kind extends string = string, Language extends string = string> =
  | {
      readonly type: 'PreferencesEdited';
      readonly language: Language;
      readonly timeZone: string;
      readonly kinds: { readonly [K in Kind]?: Channels };
    }
  | { readonly type: 'MailSwitchedOff'; readonly kind: Kind };

export const nothingChosen: Preferences<never, never> = { language: null, timeZone: null, kinds: {} };

export const everywhere: Channels = { inbox: true, email: true };

export const channelsOf = <Kind extends string>({ kinds }: Preferences<Kind>, kind: Kind): Channels => kinds[kind] ?? everywhere;

/** Whether a person wants to be told of this kind on this channel; what must be known is wanted whatever was chosen. */
export const isWanted = <Kind extends string>(
  preferences: Preferences<Kind>,
  kind: Kind,
  channel: Channel,
  mustBeKnown: readonly Kind[],
): boolean => mustBeKnown.includes(kind) || channelsOf(preferences, kind)[channel];

export const evolve = <Kind extends string, Language extends string>(
  preferences: Preferences<Kind, Language>,
  fact: PreferencesFact<Kind, Language>,
): Preferences<Kind, Language> => {
  switch (fact.type) {
    case 'PreferencesEdited':
      return { language: fact.language, timeZone: fact.timeZone, kinds: fact.kinds };
    case 'MailSwitchedOff':
      return {
        ...preferences,
        kinds: { ...preferences.kinds, [fact.kind]: { ...channelsOf(preferences, fact.kind), email: false } },
      };
  }
};
