import type { Terms } from './slot/slot.ts';
import { contentOf, type StoredEnvironment } from './views.ts';

/** What a guest books on: the environment as it is now. */
export const termsOf = (environment: StoredEnvironment): Terms => {
  const content = contentOf(environment);
  return {
    environmentId: environment.id,
    title: content.title,
    areas: content.areas,
    kinds: content.kinds,
    devices: content.devices,
    networks: content.networks,
    languages: content.languages,
    ...(content.testerPanel ? { testerLanguages: content.testerPanel.languages.map(({ language }) => language) } : {}),
    place: content.place,
    host: environment.host,
    price: content.price,
    seatsPerPlace: content.seatsPerPlace,
    ...(environment.termsOfUse ? { termsOfUse: environment.termsOfUse } : {}),
    data: content.dataRules.data,
    law: content.dataRules.law,
    ...(content.dataRules.notes === undefined ? {} : { dataNotes: content.dataRules.notes }),
    ...(content.testerPanel ? { panel: content.testerPanel } : {}),
    confirmation: content.confirmation,
    timeZone: content.timeZone,
    cancellationNoticeHours: content.cancellationNoticeHours,
    offerHoldHours: content.offerHoldHours,
    ...(content.needs.length === 0 ? {} : { needs: content.needs }),
    ...(content.bufferMinutes === undefined ? {} : { bufferMinutes: content.bufferMinutes }),
  };
};
