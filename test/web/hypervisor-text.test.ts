import { describe, expect, it } from 'vitest';
import { commandLine } from '../../src/web/scenario/command-line.ts';
import { formatHypervisorText, readHypervisorText } from '../../src/web/scenario/hypervisor-text.ts';
import { parseScenario } from '../../src/web/scenario/scenario-query.ts';

const TEMPLATE = '{"reg_modifiers": []}';
const MASK = '[{"register": "ID_AA64ISAR1_EL1", "mask": "0xf00000", "value": "0x0"}]';

describe('what a hypervisor does, in one box', () => {
  it.each([
    ['', { settings: [] }],
    ['ID_AA64PFR0_EL1.SVE = 0\nID_AA64ISAR1_EL1.LRCPC=1', { settings: ['ID_AA64PFR0_EL1.SVE=0', 'ID_AA64ISAR1_EL1.LRCPC=1'] }],
    ['ID_AA64PFR0_EL1.SVE=0 ID_AA64ISAR1_EL1.LRCPC=1', { settings: ['ID_AA64PFR0_EL1.SVE=0', 'ID_AA64ISAR1_EL1.LRCPC=1'] }],
    ['ID_AA64ISAR1_EL1[23:20] = 0 # no RCpc', { settings: [], mask: 'ID_AA64ISAR1_EL1[23:20] = 0 # no RCpc' }],
    [MASK, { settings: [], mask: MASK }],
    [TEMPLATE, { settings: [], template: TEMPLATE }],
    [`ID_AA64PFR0_EL1.SVE=0\n${TEMPLATE}`, { settings: ['ID_AA64PFR0_EL1.SVE=0'], template: TEMPLATE }],
    ['nonsense', { settings: [], mask: 'nonsense' }],
  ])('%j is recognised, and written as it is read', (text, found) => {
    expect(readHypervisorText(text)).toEqual(found);
    expect(readHypervisorText(formatHypervisorText(found))).toEqual(found);
  });
});

describe('the command that shows the same', () => {
  const command = (address: string, recorded?: string) =>
    commandLine(parseScenario([...new URLSearchParams(address)]).value, 'sve', recorded);

  it.each([
    ['m=rk3588&k=6.12', 'armlens why sve --machine rk3588 --kernel 6.12'],
    ['m=rk3588&o=CONFIG_ARM64_SVE:n', `armlens why sve --machine rk3588 --config '{"base":"debian","CONFIG_ARM64_SVE":"n"}'`],
    ['m=rk3588&mask=ID_AA64ISAR1_EL1[23:20]=0', `armlens why sve --machine rk3588 --mask <(printf %s 'ID_AA64ISAR1_EL1[23:20]=0')`],
    ['p=xyz&set=ID_AA64ISAR1_EL1:0x20', 'armlens why sve machine.txt --set ID_AA64ISAR1_EL1=0x20'],
    ['m=rk3588&k=6.12&kvm=6.1&vcpu=pmu,mte', 'armlens why sve --machine rk3588 --kernel 6.12 --kvm 6.1 --vcpu pmu,mte'],
    ['m=rk3588&kvm=6.1,cmdline=a b', `armlens why sve --machine rk3588 --kvm '6.1,cmdline=a b'`],
    ['m=rk3588&kvm=6.1&set=ID_AA64ISAR0_EL1.AES:1', undefined],
    ['m=rk3588&without=7', undefined],
    ['m=rk3588&set=ID_AA64ISAR0_EL1.AES:1@0-3', undefined],
  ])('%s', (address, text) => {
    expect(command(address, 'debian')).toBe(text);
  });
});
