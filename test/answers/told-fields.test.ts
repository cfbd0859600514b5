import { expect, it } from 'vitest';
import { fieldsOfLine } from '../../src/answers/infer/told-fields.ts';
import { knownMachine } from '../../src/answers/known-machine.ts';
import { KNOWN_MACHINES } from '../../src/silicon/known-machine.ts';

it('what is kept of recorded lines is what they say of fields', async () => {
  for (const { name } of KNOWN_MACHINES) {
    const { machine, recorded } = await knownMachine(name);
    if (machine.seen === undefined || recorded === undefined) continue;
    const kept = machine.seen.find(({ hwcaps }) => hwcaps !== undefined)?.fields;
    expect([...(kept ?? [])], name).toEqual([...(fieldsOfLine(recorded.features) ?? [])]);
  }
});
