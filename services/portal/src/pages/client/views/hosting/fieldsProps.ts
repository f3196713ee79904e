import type { EnvironmentFields } from '../../sandbox/environmentFields.ts';

/** What each part of the form of an environment is given. */
export type FieldsProps = {
  readonly values: EnvironmentFields;
  readonly set: (changed: Partial<EnvironmentFields>) => void;
  readonly error: Error | null;
};
