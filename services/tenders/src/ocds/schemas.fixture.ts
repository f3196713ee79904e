import { readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { expect } from 'vitest';

type Json = Record<string, unknown>;
const read = (name: string): Json =>
  JSON.parse(readFileSync(new URL(`../../test-data/ocds/${name}.json`, import.meta.url), 'utf8')) as Json;

/** RFC 7396, by which an OCDS extension changes the release schema. */
const merged = (base: unknown, patch: unknown): unknown => {
  if (patch === null || typeof patch !== 'object' || Array.isArray(patch)) return patch;
  const into: Json = base !== null && typeof base === 'object' && !Array.isArray(base) ? { ...(base as Json) } : {};
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) delete into[name];
    else into[name] = merged(into[name], value);
  }
  return into;
};

const asLaterDraft = ({ id, $schema, ...schema }: Json): Json => ({ ...schema, $id: id });
const extensions = ['bid', 'lots', 'enquiry'].map((name) => read(`${name}-extension-release-schema`));
const extended = extensions.reduce<unknown>(merged, read('release-schema-1.1')) as Json & { definitions: Json };
/** The lots extension names things of further extensions, which nothing here says: they are refused. */
const unknown = [...JSON.stringify(extended).matchAll(/"#\/definitions\/(\w+)"/g)]
  .map(([, name]) => name ?? '')
  .filter((name) => !(name in extended.definitions))
  .map((name) => [name, { not: {} }]);
const release: Json = { ...extended, definitions: { ...extended.definitions, ...Object.fromEntries(unknown) } };

const ajv = new Ajv({ strict: false, allErrors: true });
addFormats.default(ajv);
ajv.addSchema(asLaterDraft(release));
// Records here carry no versioned release.
const versioned = String(release.id).replace('release-schema', 'versioned-release-validation-schema');
ajv.addSchema({ $id: versioned, not: {} });

export const validatePackage: ValidateFunction = ajv.compile(asLaterDraft(read('release-package-schema-1.1')));
export const validateRecord: ValidateFunction = ajv.compile(asLaterDraft(read('record-package-schema-1.1')));

/** Holds a document against the official schema and says what is wrong with it. */
export const expectValid = (validate: ValidateFunction, document: unknown): void => {
  const isValid = validate(document);
  expect(validate.errors ?? []).toEqual([]);
  expect(isValid).toBe(true);
};
