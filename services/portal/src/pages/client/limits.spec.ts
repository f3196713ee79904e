import { mostUploadBytes as ofContract } from '@umuhuza/contracts/api';
import { expect, it } from 'vitest';
import { mostUploadBytes } from './limits.ts';

it('a document may be as large as the contract says', () => expect(mostUploadBytes).toBe(ofContract));
