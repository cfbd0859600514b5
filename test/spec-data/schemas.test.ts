import { readdirSync } from 'node:fs';
import { join, posix } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, it } from 'vitest';
import { readSpec, SPEC_DATA } from '../../spec-data/build/spec-file.ts';
import { specFiles } from '../support/spec-files.ts';

const SCHEMAS = readdirSync(join(SPEC_DATA, 'schemas'))
  .filter((name) => name.endsWith('.json'))
  .map((name) => `schemas/${name}`);
const files = specFiles();

// Schemas refer to each other by relative path, so each is known under a base of its own path.
const ajv = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true });
const DRAFT = 'https://json-schema.org/draft/2020-12/schema';
const inDraft = SCHEMAS.filter((path) => readSpec<{ readonly $schema?: string }>(path).$schema === DRAFT);
for (const path of inDraft) ajv.addSchema(readSpec<object>(path), `spec://data/${path}`);

/** The schema that a file names, relative to spec-data/. */
function schemaOf(path: string, content: unknown): string {
  const { $schema } = content as { readonly $schema?: string };
  return $schema === undefined ? 'no $schema' : posix.join(posix.dirname(path), $schema);
}

it('finds data to check', () => {
  expect(files.length).toBeGreaterThan(70);
});

it.each(files)('$path names its schema first and follows it', ({ path, content }) => {
  expect(Object.keys(content as object)[0]).toBe('$schema');
  const schema = schemaOf(path, content);
  expect(inDraft).toContain(schema);
  const validate = ajv.getSchema(`spec://data/${schema}`);
  validate?.(content);
  const found = validate?.errors?.map(({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`);
  expect(found ?? []).toEqual([]);
});

it('writes every schema in draft 2020-12', () => {
  expect(SCHEMAS.filter((path) => !inDraft.includes(path))).toEqual([]);
});

it('has no schema that no file follows and no other schema refers to', () => {
  const used = new Set(files.map(({ path, content }) => schemaOf(path, content)));
  for (const path of SCHEMAS) {
    for (const [, file] of JSON.stringify(readSpec(path)).matchAll(/"\$ref":"([^"#]+)#/g)) used.add(`schemas/${file}`);
  }
  expect(SCHEMAS.filter((schema) => !used.has(schema))).toEqual([]);
});
