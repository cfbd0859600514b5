import { readdirSync, readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';

const FOLDER = new URL('../../spec-data/schemas/answers/', import.meta.url);
const NAMES = readdirSync(FOLDER).map((file) => file.replace('.schema.json', ''));

const ajv = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true, strictRequired: false });
for (const name of NAMES) ajv.addSchema(JSON.parse(readFileSync(new URL(`${name}.schema.json`, FOLDER), 'utf8')) as object);

/** What of a value is not as a schema says; empty if all is. */
export function schemaFaults(name: string, value: unknown): readonly string[] {
  const validate = ajv.getSchema(name);
  if (validate === undefined) return [`no schema has the name ${name}`];
  validate(value);
  return (validate.errors ?? []).map(({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`);
}

/** What of an answer is not as the schema says that it names; empty if all is. */
export function answerFaults(text: string): readonly string[] {
  const answer = JSON.parse(text) as { readonly $schema?: string };
  return schemaFaults(answer.$schema ?? '', answer);
}
