import { compactVerify, createLocalJWKSet, errors, type JSONWebKeySet } from 'jose';
import type { z } from 'zod';

/** What became of checking something signed; `because` is a sentence for people. */
export type Checked<Statement> =
  | { readonly genuine: true; readonly statement: Statement }
  | { readonly genuine: false; readonly because: string };

/** Checks a compact JWS (EdDSA) with nothing but the published keys. `type` is its `typ`, so that it cannot be another statement of theirs. */
export const checkStatement = async <Statement>(
  jws: string,
  keys: JSONWebKeySet,
  { type, schema, name }: { readonly type: string; readonly schema: z.ZodType<Statement>; readonly name: string },
): Promise<Checked<Statement>> => {
  let signed: Awaited<ReturnType<typeof compactVerify>>;
  try {
    signed = await compactVerify(jws, createLocalJWKSet(keys), { algorithms: ['EdDSA'] });
  } catch (error) {
    if (error instanceof errors.JWKSNoMatchingKey)
      return { genuine: false, because: 'None of these keys signed it: it is a forgery, or the keys are another platform’s.' };
    if (error instanceof errors.JOSEError)
      return { genuine: false, because: 'The signature does not fit: it was changed after it was signed.' };
    throw error;
  }
  const statement = schema.safeParse(jsonIn(Buffer.from(signed.payload).toString()));
  if (signed.protectedHeader.typ !== type || !statement.success)
    return { genuine: false, because: `The platform signed this, but it is no ${name}.` };
  return { genuine: true, statement: statement.data };
};

/** Null for what is no JSON. */
export const jsonIn = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

/** What an object has under this name; undefined where it is none or has none. */
export const fieldOf = (value: unknown, name: string): unknown =>
  value !== null && typeof value === 'object' ? (value as Readonly<Record<string, unknown>>)[name] : undefined;

/** The text where it is a compact JWS, with nothing around it but white space. */
export const jwsIn = (text: unknown): string | undefined =>
  typeof text === 'string' && /^[\w-]+\.[\w-]+\.[\w-]*$/.test(text.trim()) ? text.trim() : undefined;
