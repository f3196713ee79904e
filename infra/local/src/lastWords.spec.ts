import { describe, expect, it } from 'vitest';
import { lastWords, readable } from './lastWords.ts';

const out = (line: string) => ({ from: 'stdout' as const, line });
const err = (line: string) => ({ from: 'stderr' as const, line });

describe('why a part ended', () => {
  it('is its own line on standard error', () => {
    expect(lastWords([out('{"level":30,"msg":"starting"}'), err('tenders cannot start: Port 1 is taken.')])).toBe(
      'tenders cannot start: Port 1 is taken.',
    );
  });
  it('is the error and not the stack below it', () => {
    expect(
      lastWords([err('SyntaxError: Unexpected token'), err('    at compile (node:internal)'), err(''), err('Node.js v26.10.0')]),
    ).toBe('SyntaxError: Unexpected token');
  });
  it('is the fatal line of nats-server, without its time', () => {
    expect(
      lastWords([err('[12] 2026/11/23 20:00:00.1 [INF] Starting'), err('[12] 2026/11/23 20:00:00.100000 [FTL] no disk')]),
    ).toBe('no disk');
  });
  it('is the last error of its log when it said nothing else', () => {
    expect(
      lastWords([out('{"level":60,"msg":"the start failed","err":{"message":"no disk"}}'), out('{"level":30,"msg":"bye"}')]),
    ).toBe('the start failed: no disk');
  });
  it('stays unknown when it said nothing', () => expect(lastWords([])).toBeUndefined());
});

describe('a log line for people', () => {
  it('is the message', () => expect(readable('{"level":30,"msg":"ready"}')).toBe('ready'));
  it('stays as it is when it is not JSON, or is cut off', () => {
    expect(readable('plain words')).toBe('plain words');
    expect(readable('{"level":30,"ms')).toBe('{"level":30,"ms');
  });
});
