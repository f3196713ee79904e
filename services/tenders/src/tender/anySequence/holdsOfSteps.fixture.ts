import { expect } from 'vitest';
import { milestoneDocumentsOf } from '../addMilestoneDocument.ts';
import { documentsOf } from '../changeDocuments.ts';
import { waitingOf } from '../remindBuyer.ts';
import { isShown, type Tender, type TenderFact } from '../tender.ts';

/** What one command brought about. */
export type Step = {
  readonly before: Tender;
  readonly facts: readonly TenderFact[];
  readonly after: Tender;
  readonly now: string;
};

const order = ['draft', 'published', 'closed', 'opened', 'awarded', 'unsuccessful', 'cancelled', 'dropped'];

/** A tender goes forward only, is stored as the rules see it, and forgets nothing that others rely on. */
export const holdsOfSteps = ({ before, facts, after }: Step) => {
  expect(order.indexOf(after.status)).toBeGreaterThanOrEqual(order.indexOf(before.status));
  expect(JSON.parse(JSON.stringify(after))).toEqual(after);
  if (isShown(after))
    for (const known of [after.followers ?? [], after.admitted ?? [], documentsOf(after).map(({ id }) => id)]) {
      expect(new Set(known).size).toBe(known.length);
      expect(known).not.toContain('buyer');
    }
  for (const { id } of milestoneDocumentsOf(before)) expect(milestoneDocumentsOf(after).map((one) => one.id)).toContain(id);
  for (const { type } of facts) if (type === 'BuyerReminded') expect(waitingOf(before)).toBeDefined();
};
