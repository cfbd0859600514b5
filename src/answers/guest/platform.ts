import { timerOfBogoMips } from '../../process/cpuinfo.ts';
import { parseMidr } from '../../silicon/midr.ts';
import type { Capture } from '../capture.ts';
import type { Clue } from './clues.ts';
import { type Finding, findMessage } from './finding.ts';
import { guestCores, SOFTWARE_IMPLEMENTER } from './guest-cpu.ts';

const topic = 'platform';

function interruptController(capture: Capture): readonly Finding[] {
  const said = findMessage(capture, /^(GICv[234](?:\.\d)?|GIC)(?:: | \[)/);
  const its = findMessage(capture, /^ITS(?:@| \[)/);
  const frame = findMessage(capture, /^GICv2m: /);
  const row = capture.interrupts?.rows.find(({ text }) => /\bGICv[234]\b|\bAIC\b/.test(text));
  const version = said?.groups[0] ?? (row === undefined ? undefined : /GICv[234]|AIC/.exec(row.text)?.[0]);
  const evidence = [said?.line.at, its?.line.at, frame?.line.at, row?.at].filter((at) => at !== undefined);
  if (version === undefined) return [];
  const messages =
    its !== undefined ? ', with an ITS for message-signalled interrupts' : frame === undefined ? '' : ', with a GICv2m frame for messages';
  return [{ topic, id: 'interrupts', value: version, says: `Interrupts come through a ${version}${messages}.`, basis: 'read', evidence }];
}

/** The rate of the generic timer in MHz: from the log, else half of BogoMIPS. */
export function timerMegahertz(
  capture: Capture,
): { readonly mhz: string; readonly counter?: string; readonly finding: Finding } | undefined {
  const said = findMessage(capture, /^arch_timer: cp15(?: and mmio)? timer\(s\) running at (\d+\.\d+)MHz \((phys|virt)/);
  if (said !== undefined) {
    const [mhz = '', counter = ''] = said.groups;
    const kind = counter === 'virt' ? 'virtual' : 'physical';
    const says = `The generic timer runs at ${mhz} MHz; the kernel takes the ${kind} one.`;
    return { mhz, counter, finding: { topic, id: 'timer', value: `${mhz} MHz, ${kind}`, says, basis: 'read', evidence: [said.line.at] } };
  }
  const bogus = capture.cpuinfo?.find(({ bogoMips }) => bogoMips !== undefined)?.bogoMips;
  if (bogus === undefined || timerOfBogoMips(bogus) === undefined) return undefined;
  const mhz = (Number(bogus) / 2).toFixed(2);
  const finding: Finding = {
    topic,
    id: 'timer',
    value: `${mhz} MHz`,
    says: `The generic timer runs at about ${mhz} MHz: half of BogoMIPS, which arm64 kernels take from it.`,
    basis: 'inferred',
    evidence: [{ file: capture.sources?.cpuinfo ?? '', text: `BogoMIPS: ${bogus}` }],
  };
  return { mhz, finding };
}

/** Signs that software emulates the CPUs: what stands for a machine that is always emulated, a core of software's own, or the timer. */
function emulation(capture: Capture, clues: readonly Clue[]): readonly Finding[] {
  const base = { topic: 'virtualisation', id: 'emulated-cpu', value: true } as const;
  const clue = clues.find(({ row }) => row.emulates);
  if (clue !== undefined) {
    const says = `Runs on software emulation: ${clue.row.means}, whose CPUs are always emulated.`;
    return [{ ...base, says, basis: 'inferred', evidence: clue.evidence }];
  }
  const timer = timerMegahertz(capture);
  if (timer?.mhz === '62.50') {
    const says = 'Runs on software emulation, most likely: 62.5 MHz is the timer that QEMU gives the CPUs which it emulates.';
    const note =
      'Under KVM or Hypervisor.framework a guest sees the timer of the host: 24 MHz on Apple M1, 25 to 100 MHz or 1 GHz on servers.';
    return [{ ...base, says, basis: 'inferred', note, evidence: timer.finding.evidence }];
  }
  const core = guestCores(capture).find(({ midr, masked }) => !masked && parseMidr(midr).implementer === SOFTWARE_IMPLEMENTER);
  if (core === undefined) return [];
  const says = `Runs on software emulation: ${core.name} is no core that is built.`;
  const note = 'QEMU shows it to a whole machine, and to a single program that it runs on a machine of another kind.';
  return [{ ...base, id: 'emulated-core', says, basis: 'inferred', note, evidence: core.evidence }];
}

/** What the capture says of interrupts and time, and of software that emulates the CPUs. */
export function platformFindings(capture: Capture, clues: readonly Clue[]): readonly Finding[] {
  const timer = timerMegahertz(capture);
  return [...interruptController(capture), ...(timer === undefined ? [] : [timer.finding]), ...emulation(capture, clues)];
}
