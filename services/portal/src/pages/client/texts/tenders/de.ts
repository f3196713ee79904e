import type { Translated } from '../areas.ts';
import type { texts as english } from './en.ts';

export const texts: Translated<typeof english> = {
  'sum-of-weights': 'Summe der Gewichte: {{sum}} %',
};
