import { expect, it } from 'vitest';
import { readAny } from '../../src/formats/read-any.ts';

const FOLDER = '/sys/devices/system/cpu';

it('files of all CPUs tell which of them run', async () => {
  const text = `$ grep . ${FOLDER}/{online,present}\n${FOLDER}/online:0-2,5\n${FOLDER}/present:0-7\n`;
  expect((await readAny(text)).value).toMatchObject({ online: [0, 1, 2, 5], cpuCount: 8 });
});

it('vulnerabilities are known, and said to tell nothing of features', async () => {
  const text = `${FOLDER}/vulnerabilities/meltdown:Not affected\n${FOLDER}/vulnerabilities/spectre_v2:Mitigation: CSV2, BHB\n`;
  const { lines, diagnostics, recognition } = await readAny(text);
  expect(recognition?.reader.name).toBe('sysfs-cpu');
  expect(lines).toEqual({ read: 0, passed: 2, unread: 0 });
  expect(diagnostics.map(({ code, where }) => [code, where])).toEqual([['vulnerabilities', 'line 1, column 1']]);
});
