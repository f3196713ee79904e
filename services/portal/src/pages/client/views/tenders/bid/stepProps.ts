import type { TenderView } from '@umuhuza/contracts/tenders/schemas';
import type { BidFields } from './bidFields.ts';

/** What each step of a bid works on. */
export type BidStepProps = {
  readonly tender: TenderView;
  readonly values: BidFields;
  readonly set: (changed: Partial<BidFields>) => void;
  readonly error: Error | null;
};
