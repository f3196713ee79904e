import { type EnvironmentView, newEnvironment } from '@umuhuza/contracts/sandbox/schemas';
import { describe, expect, it } from 'vitest';
import { emptyEnvironment, fieldsOf, toNewEnvironment } from './environmentFields.ts';

const small = {
  ...emptyEnvironment,
  title: 'Test room',
  kinds: 'Mobile money',
  data: 'test-data' as const,
  law: 'Law No 058/2021',
};
const whole = {
  ...small,
  description: 'Two rooms.',
  areas: ['mobile-money', 'health'] as const,
  kinds: 'USSD menus\n\n  Agent banking ',
  address: 'KG 7 Ave',
  devices: 'Android 12\nKaiOS',
  networks: 'MTN 4G',
  panelSize: 8,
  panelLanguages: [{ language: 'rw', level: 'native' as const }],
  panelProfile: 'Market traders',
  dataNotes: 'No names.',
  documents: [{ title: 'House rules', url: 'https://demonstration.example/rules' }],
  isFree: false,
  price: { amount: 25_000, currency: 'EUR' },
  bufferMinutes: 30,
  needs: [{ resourceId: 'room', quantity: 1 }],
  termsOfUse: 'Devices stay in the room.',
};

/** What the service would show of it. */
const shown = (fields: typeof emptyEnvironment): EnvironmentView => {
  const { termsOfUse: _, ...content } = newEnvironment.parse(toNewEnvironment(fields));
  return content as EnvironmentView;
};

describe('the form of a test environment', () => {
  it('gives what the platform takes, from the least to everything', () => {
    for (const fields of [small, whole]) expect(newEnvironment.safeParse(toNewEnvironment(fields)).error).toBeUndefined();
    expect(toNewEnvironment(whole)).toMatchObject({ kinds: ['USSD menus', 'Agent banking'], price: whole.price });
    expect(toNewEnvironment(small)).not.toHaveProperty('testerPanel');
    expect(toNewEnvironment({ ...whole, isFree: true }).price).toBe('free');
  });

  it('leaves it to the platform to say what is missing', () => {
    const said = newEnvironment.safeParse(toNewEnvironment(emptyEnvironment)).error?.issues.map(({ path }) => path.join('.'));
    expect(said).toEqual(expect.arrayContaining(['title', 'dataRules.data', 'dataRules.law']));
  });

  it('shows again what was described, and loses nothing by it', () => {
    for (const fields of [small, whole]) {
      const again = fieldsOf(shown(fields), fields.termsOfUse);
      expect(newEnvironment.parse(toNewEnvironment(again))).toEqual(newEnvironment.parse(toNewEnvironment(fields)));
    }
  });
});
