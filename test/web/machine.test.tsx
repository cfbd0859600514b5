import { renderToString } from 'preact-render-to-string';
import { describe, expect, it } from 'vitest';
import { levelReadings } from '../../src/answers/level.ts';
import { findRegister } from '../../src/arch/register.ts';
import { UNKNOWN_WORD } from '../../src/bits/partial-word.ts';
import { boot } from '../../src/linux/boot.ts';
import { loadMachine } from '../../src/silicon/known-machine.ts';
import { withRegisterWord } from '../../src/silicon/machine.ts';
import { loadLater } from '../../src/web/later.ts';
import { FieldDiagram } from '../../src/web/machine/field-diagram.tsx';
import { fieldEffects } from '../../src/web/machine/field-effects.ts';
import { layoutFields } from '../../src/web/machine/field-layout.ts';
import { spoken } from '../../src/web/machine/field-words.ts';
import { MachineHead } from '../../src/web/machine/machine-head.tsx';
import { MachinePage } from '../../src/web/machine/machine-page.tsx';
import { parseMachineState } from '../../src/web/machine/machine-state.ts';
import { shortValue, shownRegister } from '../../src/web/machine/shown-register.ts';
import { parseRoute } from '../../src/web/route.ts';
import { fetchMachine } from '../../src/web/scenario/base-machine.ts';
import { machineOfText } from '../../src/web/scenario/posted-machine.ts';
import { goneFrom } from '../../src/web/seen/gone.ts';
import { LevelPanel } from '../../src/web/seen/level-panel.tsx';

const ISAR1 = findRegister('ID_AA64ISAR1_EL1')!;
const PFR0 = findRegister('ID_AA64PFR0_EL1')!;

async function page(hash: string): Promise<string> {
  const { route } = parseRoute(hash);
  const state = parseMachineState(route.query);
  const found = await fetchMachine(state.scenario.machine, state.scenario);
  if ('problem' in found) throw new Error(found.problem);
  return renderToString(<MachinePage route={route} navigate={() => {}} state={state} base={found.base} />);
}

it('notes of a pasted text say in which line they were found, where it was one', async () => {
  const found = await machineOfText('MIDR_EL1 0x410fd083\nFOO_EL1 0x1\nID_AA64PFR0_EL1 0x11\n');
  if ('problem' in found) throw new Error(found.problem);
  expect(renderToString(<MachineHead base={found.base} />)).toContain('Line 2, column 1: FOO_EL1 is no ID register');
});

describe('the layout of a register', () => {
  it.each([
    [16, 4],
    [32, 2],
    [64, 1],
  ])('%d bits a row: every bit stands once, from 63 down', (bitsPerRow, count) => {
    const rows = layoutFields(ISAR1.fields, 64, bitsPerRow);
    expect(rows).toHaveLength(count);
    let next = 63;
    for (const { msb, lsb } of rows.flat()) {
      expect(msb).toBe(next);
      next = lsb - 1;
    }
    expect(next).toBe(-1);
  });

  it('a field that crosses the end of a row stands in both', () => {
    const rows = layoutFields(findRegister('REVIDR_EL1')!.fields, 32, 16);
    expect(rows).toMatchObject([[{ msb: 31, lsb: 16, field: { msb: 63, lsb: 0 } }], [{ msb: 15, lsb: 0, field: { msb: 63, lsb: 0 } }]]);
  });
});

describe('a diagram', () => {
  const shown = shownRegister(ISAR1, { value: 0x10_0000n, start: 0x20_0000n, guest: 0n });
  const html = renderToString(<FieldDiagram shown={shown} bitsPerRow={32} selected={undefined} linkOf={(path) => `#${path}`} />);

  it('says in words what it draws', () => {
    expect(html).toContain('aria-label="Fields of ID_AA64ISAR1_EL1"');
    expect(html).toContain('aria-label="LRCPC, bits 23 to 20: 1, IMP, LDAPR, changed, was 2, a guest gets 0"');
  });

  it('marks a change by a word and a bar, not by colour alone', () => {
    expect(html).toContain('guest 0');
    expect(html).toContain('class="mark"');
  });

  it('is one stop of the Tab key', () => {
    expect(html.match(/tabindex="0"/g)).toHaveLength(1);
  });

  it('has the lower half alone where the upper has nothing', () => {
    expect(shownRegister(findRegister('MIDR_EL1')!, { value: 1n, start: 1n, guest: 1n }).width).toBe(32);
    expect(shownRegister(PFR0, { value: 1n, start: 1n, guest: 1n }).width).toBe(64);
  });
});

describe('the effects of a field', () => {
  it('are those of the kernel: ilrcpc depends on LRCPC since 4.17', () => {
    const names = (release: string) => (fieldEffects({ release }).hwcaps.get('ID_AA64ISAR1_EL1.LRCPC') ?? []).map(({ name }) => name);
    expect(names('4.16')).toEqual(['lrcpc']);
    expect(names('4.17')).toEqual(['lrcpc', 'ilrcpc']);
  });
});

describe('the page', () => {
  it('shows the Features line of the library, with links that keep the rest of the address', async () => {
    const html = await page('#/machine?m=kunpeng-920&set=ID_AA64ISAR1_EL1.LRCPC:2');
    expect(html).toContain('href="./machine/kunpeng-920/?set=ID_AA64ISAR1_EL1.LRCPC:2&amp;why=ilrcpc"');
    expect(html).toContain('came: <code>lrcpc ilrcpc</code>');
  });

  it('tells of what it cannot boot and goes on showing the registers', async () => {
    const html = await page('#/machine?m=kunpeng-920&k=5.11&c=debian');
    expect(html).toContain('The configuration debian is known for');
    expect(html).toContain('Fields of ID_AA64ISAR1_EL1');
    expect(html).not.toContain('Copy command');
  });

  it('under a kernel that is not known stands under its own, and tells so', async () => {
    await loadLater();
    const html = await page('#/machine?m=raspberry-pi-4&k=99&why=atomics');
    expect(html).toContain('&quot;99&quot; is no kernel release');
    expect(html).toContain('atomics: absent');
    expect(html).toContain('Fields of ID_AA64ISAR0_EL1');
    expect(html).toMatch(/<input[^>]*value="6.8"/);
  });

  it('with KVM in between shows what the host refuses and what KVM changes', async () => {
    const html = await page('#/machine?m=kunpeng-920&k=6.12&kvm=6.1&vcpu=pmu');
    expect(html).toContain('<option selected value="6.1">KVM of Linux 6.1</option>');
    expect(html).toMatch(/SVE<span class="soft">, refused<\/span>/);
    // Each register once, whatever rows of KVM changed it.
    expect(html.match(/<li><code>ID_AA64DFR0_EL1<\/code>/g)).toHaveLength(1);
    expect(html).toContain('<span class="soft">KVM of Linux 6.1</span>');
  });

  it('writes text from an address as text', async () => {
    const html = await page('#/machine?m=kunpeng-920&set=<img>&guest=<b>&cmdline="><script>');
    expect(html).not.toMatch(/<img|<b>|<script/);
  });
});

it('of a register that is known in part the fields that are not known are no zeros', () => {
  const open = shownRegister(ISAR1, { value: { value: 0x20_0000n, open: 0xfn }, start: { value: 0n, open: 0xff_ffffn }, guest: undefined });
  const field = (name: string) => open.fields.find(({ field: own }) => own.name === name)!;
  expect(open.value).toBeUndefined();
  expect(open.changed).toBe(true);
  expect([field('DPB').isOpen, field('LRCPC').isOpen]).toEqual([true, false]);
  expect([shortValue(field('DPB')), shortValue(field('LRCPC'))]).toEqual(['?', '2 LRCPC2']);
  expect(field('LRCPC').was).toBeUndefined();
  expect(spoken(field('DPB'))).toBe('DPB, bits 3 to 0: not known');
  expect(open.isTakenForZero).toBe(false);
  expect(shownRegister(ISAR1, { value: undefined, start: undefined, guest: undefined }).isTakenForZero).toBe(true);
});

it('a level is the least that it is, and what is not known is not called missing', async () => {
  const { machine } = await loadMachine('trm-cortex-a35');
  const [cpu] = machine.cpus;
  const known = { cpus: [withRegisterWord(cpu!, 'ID_AA64ISAR0_EL1', UNKNOWN_WORD)] };
  const readings = levelReadings(boot(known, { release: '6.12' }));
  const html = renderToString(<LevelPanel readings={readings} start={readings} isPartial={true} />);
  expect(html).toContain('at least Armv8.0-A');
  expect(html).toMatch(/FEAT_LSE<\/code><\/a>\s*\(not known\)/);
});

it('of names that are not known now it is not said that they are gone', () => {
  expect(goneFrom(['aes', 'sve', 'atomics'], ['aes'], ['sve'])).toEqual(['atomics']);
  expect(goneFrom(['aes'], [])).toEqual(['aes']);
});
