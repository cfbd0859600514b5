import { expect, it } from 'vitest';
import { explainGuest } from '../../../src/answers/guest.ts';
import { peel } from '../../../src/formats/posted/peel.ts';
import { splitPieces } from '../../../src/formats/posted/pieces.ts';
import { readAny } from '../../../src/formats/read-any.ts';

/** An issue as people write it: a session with a cpuinfo, then a log. MIDR_EL1 0x410fd083 is a Cortex-A72 r0p3. */
const ISSUE = `Hello, this is what I see:
\`\`\`
$ uname -a
Linux board 6.1.20 #1 SMP aarch64 GNU/Linux
$ cat /proc/cpuinfo
processor	: 0
Features	: fp asimd evtstrm crc32 cpuid
CPU implementer	: 0x41
CPU architecture: 8
CPU variant	: 0x0
CPU part	: 0xd08
CPU revision	: 3
\`\`\`
and the log says
\`\`\`
[    0.000000] Booting Linux on physical CPU 0x0000000000 [0x410fd083]
[    0.100000] CPU: All CPU(s) started at EL2
\`\`\`
`;

/** A note on a guest, with listings under headings and words between. */
const NOTE = `A look into my guest
====================

It shows these features::

    fp asimd evtstrm aes pmull sha1 sha2 crc32 atomics fphp asimdhp cpuid
    asimdrdm jscvt fcma lrcpc dcpop sha3 asimddp sha512 asimdfhm dit uscat
    ilrcpc flagm ssbs sb paca pacg dcpodp flagm2 frint

lsusb::

    Bus 003 Device 003: ID 203a:fffb Parallels Virtual Keyboard
    Bus 001 Device 001: ID 1d6b:0002 Linux Foundation 2.0 root hub

The optical drive, as lshw has it::

     *-scsi
          logical name: scsi1
          capabilities: emulated
        *-cdrom
             product: Example ROM
             logical name: /dev/cdrom
             logical name: /dev/sr0

lsblk without the loop devices::

    sda      8:0    0   64G  0 disk
    └─sda1   8:1    0   64G  0 part /
    sr0     11:0    1 1024M  0 rom

The module prl_vid drives the display, I think.

::

    kvm [1]: HYP mode not available

And the tools::

    host:/usr/lib/parallels-tools/bin$ ls
    prlcc  prltoolsd
`;

it('makes one machine of the listings of an issue', async () => {
  const { value, pieces } = await readAny(ISSUE);
  expect(pieces?.map(({ format }) => format)).toEqual(['uname', 'cpuinfo', 'kernel-log']);
  expect(value.cpuinfo?.[0]?.features).toContain('crc32');
  expect(value).toMatchObject({ kernel: { release: '6.1.20' }, environment: { bootEl: 2 } });
});

it('finds each listing of a note', () => {
  const forms = splitPieces(peel(NOTE)).flatMap(({ form }) => form ?? []);
  expect(forms).toEqual(['features-line', 'lsusb', 'lshw', 'lsblk', 'kernel-log', 'ls']);
});

it('says of a guest what a note shows, with the note’s own lines', async () => {
  const { verdict, hypervisors, disks, addOns, cpu } = await explainGuest((await readAny(NOTE, { name: 'note.rst' })).value);
  expect(verdict).toMatchObject({ kind: 'guest', hypervisor: 'parallels' });
  expect(cpu.highestIfNew).toBe('Armv8.4-A');
  expect(disks.map(({ name, model }) => [name, model])).toEqual([
    ['sda', undefined],
    ['sr0', 'Example ROM'],
  ]);
  expect(disks[1]?.attached).toContain('scsi1');
  expect(addOns.map(({ name }) => name)).toEqual(expect.arrayContaining(['prl_vid', 'prltoolsd']));
  const keyboard = NOTE.split('\n').findIndex((line) => line.includes('203a:fffb')) + 1;
  expect(hypervisors[0]?.reasons[0]?.evidence).toContainEqual({
    file: 'note.rst',
    line: keyboard,
    text: expect.stringContaining('203a:fffb'),
  });
});

it('rows of features that differ, without a CPU between them, are of several machines', async () => {
  const row = (names: string): string => `Features : fp asimd evtstrm ${names}`;
  const { value, others, diagnostics } = await readAny(`mine:\n${row('crc32 atomics')}\nyours:\n${row('crc32')}\n`);
  expect(value.cpuinfo?.[0]?.features).toEqual(['fp', 'asimd', 'evtstrm', 'crc32', 'atomics']);
  expect(others?.map((other) => other.value.cpuinfo?.[0]?.features)).toEqual([['fp', 'asimd', 'evtstrm', 'crc32']]);
  expect(diagnostics.map(({ message }) => message).join()).toContain('it lacks atomics');
  expect((await readAny(`${row('crc32')}\n${row('crc32')}\n`)).others).toBeUndefined();
});

it('the two sides of a diff are of two machines', async () => {
  const diff =
    '2c2\n< hw.optional.arm.FEAT_SME: 0\n---\n> hw.optional.arm.FEAT_SME: 1\n< hw.optional.arm.FEAT_SSBS: 1\n> hw.optional.arm.FEAT_SSBS: 0\n';
  const { value, others } = await readAny(`M3 and M4:\n${diff}`);
  expect(value.archFeatures).toMatchObject({ present: ['FEAT_SSBS'], absent: ['FEAT_SME'] });
  expect(others?.map((other) => other.value.archFeatures)).toMatchObject([{ present: ['FEAT_SME'], absent: ['FEAT_SSBS'] }]);
  const quoted = '< not a diff\n> processor : 0\n> Features : fp asimd\nbut a mail\n< it is\n';
  expect((await readAny(quoted)).value.cpuinfo?.[0]?.features).toEqual(['fp', 'asimd']);
});
