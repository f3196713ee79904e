import * as ofContract from '@umuhuza/contracts/api';
import { expect, it } from 'vitest';
import * as limits from './limits.ts';

it('what is bounded is bounded to what the contracts say', () => expect(ofContract).toMatchObject(limits));
