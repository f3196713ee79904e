import { mostDocuments } from '@umuhuza/contracts/documents';
import { expect, it } from 'vitest';
import { mostDocuments as toMilestone } from './tender/addMilestoneDocument.ts';
import { mostDocuments as toTender } from './tender/changeDocuments.ts';

it('the pages offer room for as many documents as the rules take', () =>
  expect({ tender: toTender, milestone: toMilestone }).toEqual({
    tender: mostDocuments.tender,
    milestone: mostDocuments.milestone,
  }));
