import type { EnvironmentView, newEnvironment } from '@umuhuza/contracts/sandbox/schemas';
import type { LanguageSkill, Money } from '@umuhuza/contracts/values';
import type { z } from 'zod';
import type { Area } from './areas.ts';

export type NewEnvironment = z.input<typeof newEnvironment>;

/** An environment as its form holds it: lists of short words are lines of a text, and what may be left out is empty. */
export type EnvironmentFields = {
  readonly title: string;
  readonly description: string;
  readonly areas: readonly Area[];
  readonly kinds: string;
  readonly city: string;
  readonly address: string;
  readonly devices: string;
  readonly networks: string;
  readonly languages: readonly LanguageSkill[];
  readonly panelSize: number | null;
  readonly panelLanguages: readonly LanguageSkill[];
  readonly panelProfile: string;
  readonly data: EnvironmentView['dataRules']['data'] | '';
  readonly law: string;
  readonly dataNotes: string;
  readonly documents: readonly { readonly title: string; readonly url: string }[];
  readonly isFree: boolean;
  readonly price: Money | null;
  readonly seatsPerPlace: number | null;
  readonly bufferMinutes: number | null;
  readonly needs: readonly { readonly resourceId: string; readonly quantity: number | null }[];
  readonly confirmation: EnvironmentView['confirmation'];
  readonly timeZone: string;
  readonly cancellationNoticeHours: number | null;
  readonly offerHoldHours: number | null;
  readonly termsOfUse: string;
};

/** What most hosts in Rwanda begin with. */
export const emptyEnvironment: EnvironmentFields = {
  title: '',
  description: '',
  areas: [],
  kinds: '',
  city: 'Kigali',
  address: '',
  devices: '',
  networks: '',
  languages: [
    { language: 'rw', level: 'native' },
    { language: 'en', level: 'B2' },
  ],
  panelSize: null,
  panelLanguages: [],
  panelProfile: '',
  data: '',
  law: '',
  dataNotes: '',
  documents: [],
  isFree: true,
  price: null,
  seatsPerPlace: 10,
  bufferMinutes: null,
  needs: [],
  confirmation: 'by-hand',
  timeZone: 'Africa/Kigali',
  cancellationNoticeHours: 24,
  offerHoldHours: 24,
  termsOfUse: '',
};

const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** As the platform takes it; it judges what is missing. */
export const toNewEnvironment = (fields: EnvironmentFields): NewEnvironment => ({
  title: fields.title,
  description: fields.description,
  areas: [...fields.areas],
  kinds: linesOf(fields.kinds),
  place: { city: fields.city, ...(fields.address.trim() === '' ? {} : { address: fields.address }) },
  devices: linesOf(fields.devices),
  networks: linesOf(fields.networks),
  languages: [...fields.languages],
  ...(fields.panelSize === null
    ? {}
    : { testerPanel: { size: fields.panelSize, languages: [...fields.panelLanguages], profile: fields.panelProfile } }),
  dataRules: {
    data: fields.data as EnvironmentView['dataRules']['data'],
    law: fields.law,
    ...(fields.dataNotes.trim() === '' ? {} : { notes: fields.dataNotes }),
  },
  documents: [...fields.documents],
  price: fields.isFree || fields.price === null ? 'free' : fields.price,
  ...given('seatsPerPlace', fields.seatsPerPlace),
  ...given('bufferMinutes', fields.bufferMinutes),
  needs: fields.needs.map(({ resourceId, quantity }) => ({ resourceId, quantity: quantity ?? 1 })),
  confirmation: fields.confirmation,
  timeZone: fields.timeZone,
  ...given('cancellationNoticeHours', fields.cancellationNoticeHours),
  ...given('offerHoldHours', fields.offerHoldHours),
  ...(fields.termsOfUse.trim() === '' ? {} : { termsOfUse: fields.termsOfUse }),
});

const given = <Name extends string>(name: Name, value: number | null) =>
  (value === null ? {} : { [name]: value }) as { readonly [N in Name]?: number };

/** A described environment, to be edited; the text of its terms lies apart. */
export const fieldsOf = (environment: EnvironmentView, termsOfUse: string): EnvironmentFields => {
  const { place, testerPanel, dataRules, price } = environment;
  return {
    title: environment.title,
    description: environment.description,
    areas: environment.areas,
    kinds: environment.kinds.join('\n'),
    city: place.city,
    address: place.address ?? '',
    devices: environment.devices.join('\n'),
    networks: environment.networks.join('\n'),
    languages: environment.languages,
    panelSize: testerPanel?.size ?? null,
    panelLanguages: testerPanel?.languages ?? [],
    panelProfile: testerPanel?.profile ?? '',
    data: dataRules.data,
    law: dataRules.law,
    dataNotes: dataRules.notes ?? '',
    documents: environment.documents,
    isFree: price === 'free',
    price: price === 'free' ? null : price,
    seatsPerPlace: environment.seatsPerPlace,
    bufferMinutes: environment.bufferMinutes ?? null,
    needs: environment.needs,
    confirmation: environment.confirmation,
    timeZone: environment.timeZone,
    cancellationNoticeHours: environment.cancellationNoticeHours,
    offerHoldHours: environment.offerHoldHours,
    termsOfUse,
  };
};
