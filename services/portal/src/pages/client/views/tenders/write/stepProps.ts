import type { TenderFields } from './fields.ts';

/** What each step of writing a tender works on. */
export type StepProps = {
  readonly values: TenderFields;
  readonly set: (changed: Partial<TenderFields>) => void;
  /** What the platform did not take. */
  readonly error: Error | null;
};
