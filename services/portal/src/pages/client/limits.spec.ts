import * as api from '@umuhuza/contracts/api';
import * as documents from '@umuhuza/contracts/documents';
import { expect, it } from 'vitest';
import * as limits from './limits.ts';

it('what is bounded is bounded to what the contracts say', () => expect({ ...api, ...documents }).toMatchObject(limits));
