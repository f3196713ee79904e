/** What the platform's schemas object to, in German, by the English sentence that names no value of its own. */
const sentences: Readonly<Record<string, string>> = {
  'A slug has small letters, digits and - only, up to 60':
    'Ein Kurzname besteht nur aus Kleinbuchstaben, Ziffern und -, höchstens 60',
  'A password has at least 10 characters': 'Ein Passwort hat mindestens 10 Zeichen',
  'The first digits of a CPV code are expected, like 72 or 72212000':
    'Erwartet werden die ersten Ziffern eines CPV-Codes, wie 72 oder 72212000',
  'A CPV code has eight digits and may have a check digit, like 72212000 or 72212000-4':
    'Ein CPV-Code hat acht Ziffern und vielleicht eine Prüfziffer, wie 72212000 oder 72212000-4',
  'A CPV code has eight digits, like 72212000': 'Ein CPV-Code hat acht Ziffern, wie 72212000',
  'A rate like 1450.25 is expected': 'Erwartet wird ein Kurs wie 1450,25',
  'A language is two letters of ISO 639-1, like en or rw': 'Eine Sprache sind zwei Buchstaben nach ISO 639-1, wie en oder rw',
  'A language is two letters of ISO 639-1, like en, de, fr or rw':
    'Eine Sprache sind zwei Buchstaben nach ISO 639-1, wie en, de, fr oder rw',
  'A month like 2026-12 is expected': 'Erwartet wird ein Monat wie 2026-12',
  'The first day must lie between 2020 and 2099': 'Der erste Tag muss zwischen 2020 und 2099 liegen',
  'The last day must not come before the first': 'Der letzte Tag darf nicht vor dem ersten liegen',
  'Each resource is named once': 'Jede Ressource wird einmal genannt',
  'The SHA-256 of the terms is expected, in hex': 'Erwartet wird der SHA-256 der Bedingungen, hexadezimal',
  'The year must lie between 1900 and 2199': 'Das Jahr muss zwischen 1900 und 2199 liegen',
  'A currency is three capital letters of ISO 4217, like EUR or RWF':
    'Eine Währung sind drei Großbuchstaben nach ISO 4217, wie EUR oder RWF',
  'An id has letters, digits, - and _ only': 'Eine Kennung besteht nur aus Buchstaben, Ziffern, - und _',
  'An IANA time zone is expected, like Africa/Kigali': 'Erwartet wird eine Zeitzone nach IANA, wie Africa/Kigali',
  'Give atMost and currency together': 'Höchstpreis und Währung gehören zusammen',
  'Give environmentId or host': 'Nennen Sie die Testumgebung oder den Gastgeber',
  'A date like 2026-11-23 is expected': 'Erwartet wird ein Tag wie 2026-11-23',
  'A day like 2027-01-31 is expected': 'Erwartet wird ein Tag wie 2027-01-31',
  'A time like 09:30 is expected': 'Erwartet wird eine Uhrzeit wie 09:30',
  'A rule of RFC 5545 over days is expected, like FREQ=WEEKLY;BYDAY=MO,TU; the hours stand in from and to':
    'Erwartet wird eine Regel nach RFC 5545 über Tage, wie FREQ=WEEKLY;BYDAY=MO,TU; die Uhrzeiten stehen in von und bis',
  'Give free, or an amount in minor units with its currency': 'Geben Sie kostenlos an oder einen Betrag mit seiner Währung',
  'Say what can be tested: give areas, kinds or both': 'Sagen Sie, was getestet werden kann: Gebiete, Arten oder beides',
  'Say cancel, keep, or move with the slot they go to': 'Sagen Sie: absagen, behalten oder verlegen, und auf welchen Termin',
  'true or false is expected': 'Erwartet wird true oder false',
  'An instant like 2026-11-23T20:00:00Z is expected': 'Erwartet wird ein Zeitpunkt wie 2026-11-23T20:00:00Z',
  'The bytes of a file are expected': 'Erwartet wird der Inhalt einer Datei',
  'An e-mail address is expected': 'Erwartet wird eine E-Mail-Adresse',
  'This currency is not in use': 'Diese Währung ist nicht in Gebrauch',
  'The lower rate comes first, both in one currency': 'Zuerst steht der niedrigere Satz, beide in einer Währung',
  'Give a reason with either startsAt and endsAt (instants), or date, from, to and, where it differs, timeZone; nothing else':
    'Geben Sie eine Begründung an und dazu entweder Beginn und Ende oder Tag, von, bis und, wo sie abweicht, die Zeitzone',
  'Give capacity with either startsAt and endsAt (instants), or date, from, to and, where it differs, timeZone; nothing else':
    'Geben Sie die Zahl der Plätze an und dazu entweder Beginn und Ende oder Tag, von, bis und, wo sie abweicht, die Zeitzone',
  'Invalid input: expected string, received undefined': 'Das fehlt',
  'Invalid input: expected number, received undefined': 'Das fehlt',
  'Invalid input: expected object, received undefined': 'Das fehlt',
  'Invalid input: expected array, received undefined': 'Das fehlt',
  'Invalid input': 'Das hat nicht die richtige Form',
  'Invalid email address': 'Das ist keine E-Mail-Adresse',
  'Invalid URL': 'Das ist keine Adresse einer Website',
  'Too small: expected string to have >=1 characters': 'Das fehlt',
};

const kinds: Readonly<Record<string, string>> = { characters: 'Zeichen', items: 'Einträge' };
const kindIn = (kind: string | undefined): string => kinds[kind ?? ''] ?? '';

/** The same of sentences with values in them; they are those of the library that checks. */
const patterns: readonly (readonly [RegExp, (...values: readonly string[]) => string])[] = [
  [/^Too small: expected \w+ to have >=(\d+) (\w+)$/, (least, kind) => `Zu kurz: mindestens ${least} ${kindIn(kind)}`],
  [/^Too big: expected \w+ to have <=(\d+) (\w+)$/, (most, kind) => `Zu lang: höchstens ${most} ${kindIn(kind)}`],
  [/^Too small: expected \w+ to be >=(-?[\d.]+)$/, (least) => `Zu klein: mindestens ${least}`],
  [/^Too small: expected \w+ to be >(-?[\d.]+)$/, (bound) => `Zu klein: mehr als ${bound}`],
  [/^Too big: expected \w+ to be <=(-?[\d.]+)$/, (most) => `Zu groß: höchstens ${most}`],
  [/^Too big: expected \w+ to be <(-?[\d.]+)$/, (bound) => `Zu groß: weniger als ${bound}`],
  [/^Invalid option: expected one of (.+)$/, (options) => `Erwartet wird eines von: ${options?.replaceAll('|', ', ')}`],
  [/^Invalid number: must be a multiple of ([\d.]+)$/, (step) => `Erwartet wird ein Vielfaches von ${step}`],
  [/^Unrecognized keys?: (.+)$/, (names) => `Unbekannt: ${names}`],
  [/^Invalid input: expected int, received number$/, () => 'Erwartet wird eine ganze Zahl'],
  [/^Invalid input: expected .+$/, () => 'Das hat nicht die richtige Form'],
  [/^Invalid string: .+$/, () => 'Das hat nicht die richtige Form'],
];

/** An objection in German; undefined for one that is not known here. */
export const objection = (message: string): string | undefined => {
  const sentence = Object.hasOwn(sentences, message) ? sentences[message] : undefined;
  if (sentence !== undefined) return sentence;
  for (const [pattern, say] of patterns) {
    const found = pattern.exec(message);
    if (found) return say(...found.slice(1));
  }
  return undefined;
};
