import { randomBytes } from 'node:crypto';

const wellFormed = /^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;

/** W3C Trace Context: true for a version 00 header whose ids are not all zero. */
export const isTraceparent = (value: unknown): value is string => typeof value === 'string' && wellFormed.test(value);

/** The beginning of a trace of its own, sampled. */
export const newTraceparent = (): string => `00-${randomBytes(16).toString('hex')}-${randomBytes(8).toString('hex')}-01`;
