import { channelsOf, type Preferences, type PreferencesFact } from './preferences.ts';
import { type Refused, refuse } from './refusals.ts';

/** No more e-mail of this kind; the inbox keeps it. */
export const switchOffMail = <Kind extends string, Language extends string>(
  preferences: Preferences<Kind, Language>,
  { kind, mustBeKnown }: { readonly kind: Kind; readonly mustBeKnown: readonly Kind[] },
): readonly PreferencesFact<Kind, Language>[] | Refused<'must-be-known'> => {
  if (mustBeKnown.includes(kind)) return refuse('must-be-known', `These stay on in the inbox and by e-mail: ${kind}.`);
  return channelsOf(preferences, kind).email ? [{ type: 'MailSwitchedOff', kind }] : [];
};
