import { type Channels, everywhere, type Preferences, type PreferencesFact } from './preferences.ts';
import { type Refused, refuse } from './refusals.ts';

type Edit<Kind extends string, Language extends string> = {
  readonly language: Language;
  readonly timeZone: string;
  readonly kinds: { readonly [K in Kind]?: Channels | undefined };
  readonly mustBeKnown: readonly Kind[];
};

/** Replaces all that was chosen. Writing the same again changes nothing. */
export const editPreferences = <Kind extends string, Language extends string>(
  preferences: Preferences<Kind, Language>,
  { language, timeZone, kinds, mustBeKnown }: Edit<Kind, Language>,
): readonly PreferencesFact<Kind, Language>[] | Refused<'must-be-known'> => {
  const off = mustBeKnown.filter((kind) => !isEverywhere(kinds[kind] ?? everywhere));
  if (off.length > 0) return refuse('must-be-known', `These stay on in the inbox and by e-mail: ${off.join(', ')}.`);
  const chosen = onlyDifferent(kinds);
  const same =
    preferences.language === language &&
    preferences.timeZone === timeZone &&
    JSON.stringify(onlyDifferent(preferences.kinds)) === JSON.stringify(chosen);
  return same ? [] : [{ type: 'PreferencesEdited', language, timeZone, kinds: chosen }];
};

const isEverywhere = ({ inbox, email }: Channels): boolean => inbox && email;

/** In one order, without the entries that say what counts anyway. */
const onlyDifferent = <Kind extends string>(
  kinds: {
    readonly [K in Kind]?: Channels | undefined;
  },
): { readonly [K in Kind]?: Channels } =>
  Object.fromEntries(
    (Object.entries(kinds) as [Kind, Channels | undefined][])
      .flatMap(([kind, channels]): [Kind, Channels][] =>
        channels && !isEverywhere(channels) ? [[kind, { inbox: channels.inbox, email: channels.email }]] : [],
      )
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  ) as { [K in Kind]?: Channels };
