import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readSpec, SPEC_DATA } from '../../../spec-data/build/spec-file.ts';
import { formatKvmAnswer, parseKvmRecord } from '../../../src/formats/kvm-record.ts';
import { bootHost, makeVcpu } from '../../../src/linux/kvm/guest-under-kvm.ts';

interface Recording {
  readonly name: string;
  readonly host: object;
  readonly vcpu: object;
  readonly guest: Readonly<Record<string, unknown>>;
}

const FOLDER = 'kvm-recordings';
const RECORDINGS = readdirSync(join(SPEC_DATA, FOLDER)).map((name) => readSpec<Recording>(`${FOLDER}/${name}`));

/** Numbers in one spelling. */
function plain(value: unknown): unknown {
  if (typeof value === 'string') return /^0x[0-9a-f]+$/.test(value) ? `0x${BigInt(value).toString(16)}` : value;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, plain(part)]));
}

function answer({ name, host, vcpu }: Recording): Readonly<Record<string, unknown>> {
  const parsed = parseKvmRecord(JSON.stringify({ id: name, host, vcpu, unlisted: 'zero' }));
  if ('error' in parsed) throw new Error(parsed.error.message);
  const { machine, kernel, options, vcpu: asked } = parsed.record;
  return JSON.parse(formatKvmAnswer(name, bootHost(machine, kernel, {}, options), asked, makeVcpu)).guest;
}

describe.each(RECORDINGS)('$name', (recording) => {
  const got = answer(recording);
  const parts = Object.keys(recording.guest).filter((part) => part !== 'sveVls');

  it.each(parts)('%s are as KVM gave them', (part) => {
    expect(plain(got[part])).toEqual(plain(recording.guest[part]));
  });
});
