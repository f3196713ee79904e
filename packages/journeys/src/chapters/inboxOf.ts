import { expect } from 'vitest';
import type { Company } from '../door.ts';

export const inboxOf = async (reader: Company) => {
  const answer = await reader.inbox.list({ query: { limit: 100 } });
  expect(answer.status).toBe(200);
  return answer.status === 200 ? answer.body.items : [];
};
