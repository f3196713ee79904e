import { mostDocuments } from '@umuhuza/contracts/documents';
import { expect, it } from 'vitest';
import { mostDocuments as toEnvironment } from './environment/documents.ts';
import { mostEvidence } from './report/addToReport.ts';

it('the pages offer room for as many documents as the rules take', () =>
  expect({ environment: toEnvironment, report: mostEvidence }).toEqual({
    environment: mostDocuments.environment,
    report: mostDocuments.report,
  }));
