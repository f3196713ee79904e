import { describe, expect, it } from 'vitest';
import { Refused } from '../api/answers.ts';
import { issueAt, pathIn, placesOf } from './issues.ts';

const refused = new Refused({
  type: '/problems/invalid-request',
  title: 'The request is not valid',
  status: 400,
  detail: '',
  instance: '',
  issues: [
    { path: 'body.criteria.0.name', message: 'too short' },
    { path: 'body.budget.amount', message: 'too large' },
  ],
});

describe('what the platform objects to', () => {
  it('is shown at its field', () => {
    expect(issueAt(refused, 'criteria.0.name')).toBe('too short');
    expect(issueAt(refused, 'criteria.1.name')).toBeUndefined();
  });

  it('is shown at the field of which a part is wrong', () => expect(issueAt(refused, 'budget')).toBe('too large'));

  it('is not shown at a field whose name only begins alike', () => expect(issueAt(refused, 'budget.am')).toBeUndefined());

  it('is nothing where something else went wrong', () => {
    expect(issueAt(new Error('lost'), 'budget')).toBeUndefined();
    expect(issueAt(null, 'budget')).toBeUndefined();
  });

  it('is looked for at the whole where its part has no field of its own', () => {
    expect(placesOf(pathIn('body.criteria.0.name'))).toEqual(['criteria.0.name', 'criteria.0', 'criteria']);
  });
});
