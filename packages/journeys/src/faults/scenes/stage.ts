import type { Company } from '../../door.ts';
import type { Clients } from '../clients.ts';
import type { Random } from '../random.ts';

/** What a scene is played with. */
export type Stage = Clients & {
  readonly random: Random;
  /** German companies. */
  readonly germans: readonly Company[];
  /** Rwandan companies. */
  readonly rwandans: readonly Company[];
  /** A Rwandan company that one scene alone is played with, one time after the other. */
  readonly visitor: Company;
  /** Test environments that stand open, with their hosts. */
  readonly environments: { readonly id: string; readonly host: Company }[];
};

export type Scene = (stage: Stage) => Promise<void>;

export const field =
  (name: string) =>
  (body: unknown): string =>
    String((body as Record<string, unknown>)[name]);
export const idOf = field('id');
