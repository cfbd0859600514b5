import { describe, expect, it } from 'vitest';
import { explainInstruction } from '../../src/answers/explain-instruction.ts';
import { formatInstruction, formatNeeds } from '../../src/formats/instruction-words.ts';
import { readAny } from '../../src/formats/read-any.ts';
import { run } from '../support/fake-io.ts';

const GDB =
  'Program received signal SIGILL, Illegal instruction.\n0x0000aaaa0754 in main ()\n(gdb) x/i $pc\n=> 0xaaaa0754 <main+12>:\tcasal\tx1, x20, [x0]\n';

describe('reports of SIGILL', () => {
  it.each([
    [
      'Go, bytes lowest first',
      'SIGILL: illegal instruction\nPC=0x1 m=0 sigcode=1\ninstruction bytes: 0x0 0x6 0x38 0xd5 0xe0 0x7 0x0 0xf9\n',
      0xd538_0600,
    ],
    [
      'the kernel',
      '[  131.1] a[12]: undefined instruction: pc=0000aaaa\n[  131.2] Code: 910003fd b9001fbf 14000005 f9400fe0 (f8200041)\n',
      0xf820_0041,
    ],
    [
      'LLDB on macOS',
      '* thread #1, stop reason = EXC_BAD_INSTRUCTION (code=1, subcode=0x4f8ee000)\n    frame #0: 0x1 a`main\n',
      0x4f8e_e000,
    ],
    [
      'gdb',
      'Thread 1 received signal SIGILL, Illegal instruction.\n=> 0x0000fffff5a3c1a4 <+52>:\t.inst\t0x04bf5000 ; undefined\n',
      0x04bf_5000,
    ],
    ['Valgrind', 'disInstr(arm64): unhandled instruction 0xD5380001\n', 0xd538_0001],
    [
      'a JVM',
      '# A fatal error has been detected by the Java Runtime Environment:\n#  SIGILL (0x4) at pc=0x0000ffff9c01a2bc\n' +
        'Instructions: (pc=0x0000ffff9c01a2bc)\n0x0000ffff9c01a2b4:   d503201f d503201f 04bf5000 d65f03c0\n',
      0x04bf_5000,
    ],
  ])('%s', async (_, text, word) => {
    expect((await readAny(text)).value.instructions).toMatchObject([{ word }]);
  });

  it('a debugger’s line gives the mnemonic, at its place in the text', async () => {
    expect((await readAny(GDB)).value.instructions).toEqual([{ line: 4, mnemonic: 'casal', operands: 'x1, x20, [x0]' }]);
  });

  it.each([
    ['It stops at `ldaddal w8, w9, [x0]` with Illegal instruction.', { line: 1, mnemonic: 'ldaddal', operands: 'w8, w9, [x0]' }],
    ['SIGILL: illegal instruction\nIs the casal instruction missing here?', { line: 2, mnemonic: 'casal' }],
    ['Illegal instruction: ldaprb\n', { line: 1, mnemonic: 'ldaprb' }],
    ['The probe runs `RDVL X1, #1` (opcode `0x04bf5021`) and gets SIGILL.', { line: 1, word: 0x04bf_5021 }],
  ])('a sentence names it: %s', async (text, instruction) => {
    const listing = '\n\nprocessor\t: 0\nFeatures\t: fp asimd evtstrm crc32 cpuid\nCPU implementer\t: 0x41\n';
    expect((await readAny(text)).value.instructions).toEqual([instruction]);
    expect((await readAny(text + listing)).value).toMatchObject({ instructions: [instruction], cpuinfo: [{ implementer: 0x41 }] });
  });

  it.each(['Illegal instruction (core dumped)', 'The program sets no instruction up; SIGILL', 'See `swap` and `set` of git.'])(
    'words that name none are none: %s',
    async (text) => {
      expect((await readAny(text)).value.instructions).toBeUndefined();
    },
  );

  const tombstone = (abi: string): string =>
    `ABI: '${abi}'\nsignal 4 (SIGILL), code 1 (ILL_ILLOPC), fault addr 0x0000007c5f58c4\nmemory near pc (/data/lib.so):\n` +
    '    0000007c5f58c0 d503201f f8200041 d503201f d503201f  ................\n';

  it.each([
    ['as it is', (line: string) => line],
    ['in logcat', (line: string) => `07-22 13:26:34.195 18602 18602 F DEBUG   : ${line}`],
    [
      'in Android Studio',
      (line: string) => `2023-10-30 20:25:25.720 26922-26922 DEBUG                   pid-26922                A  ${line}`,
    ],
  ])('a tombstone shows the word, %s', async (_, put) => {
    const text = tombstone('arm64').split('\n').slice(0, -1).map(put).join('\n');
    expect((await readAny(text)).value.instructions).toEqual([{ line: 4, word: 0xf820_0041 }]);
  });

  it('a tombstone of newer Androids shows the word beside the signal', async () => {
    const text = "ABI: 'arm64'\nsignal 4 (SIGILL), code 1 (ILL_ILLOPC), fault addr 0x000000717832f024 (*pc=0x38bfc108)\n";
    expect((await readAny(text)).value.instructions).toEqual([{ line: 2, word: 0x38bf_c108 }]);
  });

  it.each([
    ['a 32-bit program', tombstone('arm')],
    ['an x86 program', '* thread #1, stop reason = EXC_BAD_INSTRUCTION\n->  0x4cfea2: vmovd  %eax, %xmm5\n    0x4cfea6: ret\n'],
    ['an x86 program in gdb', 'Program received signal SIGILL, Illegal instruction.\n=> 0x55d2 <main+4>:\tvpxor zmm0, zmm0, [rax]\n'],
  ])('instructions of %s are none of A64', async (_, text) => {
    const { value, diagnostics } = await readAny(text);
    expect(value.instructions).toBeUndefined();
    expect(diagnostics.map(({ code }) => code)).toContain('not-a64');
  });

  it.each(['midr_el1', 's3_0_c0_c6_0'])('MRS of %s reads a register that old kernels let no program read', async (register) => {
    const { value } = await readAny(
      `Thread 1 received signal SIGILL, Illegal instruction.\n=> 0x7f8d4a2b1c <+20>:\tmrs\tx1, ${register}\n`,
    );
    const told = explainInstruction(value.instructions![0]!, value);
    expect(formatInstruction(told)).toBe(`mrs x1, ${register}`);
    expect(told).toMatchObject({ hwcaps: ['cpuid'], encoding: { op0: 3, op1: 0, crn: 0 } });
    expect(formatNeeds(told)).toMatch(/^it reads a system register: kernels before 4\.11 .* hwcap cpuid tells of it/);
  });

  it('MRS of an ID register is held against the Features line: without cpuid the kernel lets no program read it', async () => {
    const text =
      'Program received signal SIGILL, Illegal instruction.\n=> 0x7f8d4a2b1c <+20>:\tmrs\tx0, midr_el1\n\nFeatures\t: fp asimd evtstrm crc32\nCPU implementer\t: 0x41\n';
    const { value } = await readAny(text);
    expect(explainInstruction(value.instructions![0]!, value).shown).toBe(false);
  });

  it('MRS of a counter is of no ID register', async () => {
    const text = 'Program received signal SIGILL, Illegal instruction.\n=> 0x7f8d4a2b1c <+20>:\tmrs\tx0, cntvct_el0\n';
    const { value } = await readAny(text);
    expect(formatNeeds(explainInstruction(value.instructions![0]!, value))).toBe('it reads a system register (armlens mrs CNTVCT_EL0)');
  });

  it('is held against the Features line of the same text', async () => {
    const { value } = await readAny(`${GDB}\nprocessor\t: 0\nFeatures\t: fp asimd evtstrm crc32 cpuid\nCPU implementer\t: 0x41\n`);
    const told = explainInstruction(value.instructions![0]!, value);
    expect(told).toMatchObject({ archFeature: 'FEAT_LSE', hwcaps: ['atomics'], shown: false });
    expect(`${formatInstruction(told)}: ${formatNeeds(told)}`).toBe(
      'casal x1, x20, [x0]: compare and swap: needs FEAT_LSE; hwcap atomics tells of it, and the Features line here lacks it',
    );
  });
});

describe('armlens decode', () => {
  it('tells of the instruction that a text shows', async () => {
    const { code, out } = await run(['decode', 'gdb.txt'], { 'gdb.txt': GDB });
    expect(code).toBe(0);
    expect(out).toContain('FEAT_LSE');
  });

  it('as JSON', async () => {
    const { out } = await run(['decode', '-', '--json'], { '-': GDB });
    expect(JSON.parse(out)).toMatchObject({ registers: [], instructions: [{ mnemonic: 'casal', archFeature: 'FEAT_LSE' }] });
  });

  it('a command that needs a machine says where to ask', async () => {
    const { code, err } = await run(['derive', 'gdb.txt'], { 'gdb.txt': GDB });
    expect(code).toBe(3);
    expect(err).toContain('armlens decode gdb.txt');
  });
});

it("gdb's window marks the line at which the program stopped", async () => {
  const text =
    'Program received signal SIGILL, Illegal instruction.\n(gdb) layout asm\n   ┌──────────────────────────────┐\n   │0xaaaa0750    mov    x1, x0    │\n  >│0xaaaa0754    ldaddal w0, w1, [x2] │\n   │0xaaaa0758    ret              │\n';
  expect((await readAny(text)).value.instructions).toMatchObject([{ mnemonic: 'ldaddal', operands: 'w0, w1, [x2]' }]);
});

it('ESR_EL1 is no instruction', async () => {
  expect((await readAny('undefined instruction (0x02000000) at 0x0000aaaae1234567\n')).value.instructions).toBeUndefined();
});
