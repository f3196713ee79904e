import { matchingTell } from './tell/matching.ts';
import { sandboxTell } from './tell/sandbox.ts';
import { tendersTell } from './tell/tenders.ts';

/** Every event that tells somebody something, and whom it tells what. */
export const whatToTell = { ...tendersTell, ...matchingTell, ...sandboxTell };

export type TellingEvent = keyof typeof whatToTell;
