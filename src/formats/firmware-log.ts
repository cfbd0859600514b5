import type { CapturedWorkaround } from '../answers/capture.ts';
import { given } from '../given.ts';
import { ALL_CORES, type Core } from '../silicon/core.ts';
import { LineAccount, lineShare, textLines } from './line-account.ts';
import type { Reader } from './reader.ts';

/** `INFO:    BL31: cortex_a53: CPU workaround for erratum 843419 was applied` of Trusted Firmware-A; before 1.5 `errata workaround`. */
const WORKAROUND =
  /^\s*\[?(?:NOTICE|ERROR|WARNING|INFO|VERBOSE): {1,8}(?:BL\d{1,2}\w?: )?([a-z][a-z0-9_]{2,40}): (?:CPU |errata )?workaround for (?:erratum |errata )?([\w-]{4,24}) (?:was )?(applied|missing|not (?:needed|applied))/i;
const LINE =
  /^\s*(?:(?:NOTICE|ERROR|WARNING|INFO|VERBOSE): {1,8}\S|U-Boot (?:SPL |TPL )?20\d\d\.|(?:CPU|Model|DRAM|SoC|Board|Core|Reset cause|Loading Environment from|Net|In|Out|Err): {1,8}\S|UEFI firmware \(version |EFI stub: |Hit any key to stop autoboot|Starting kernel|## )/;
/** `CPU0(A72):1800 MHz  CPU1(A72):1800 MHz` of U-Boot on Layerscape, and `CPU0(A72)` alone. */
const OF_CPU = /\bCPU\d{1,2}\((A\d{2,3})\)(?=:|\s|$)/g;
const MODEL = /^\s*Model: {1,8}(\S.{0,100})$/;

/** How Trusted Firmware-A spells a core: `cortex_a72`, `neoverse_n1`. */
function coreOf(spelt: string): Core | undefined {
  const plain = spelt.replaceAll('_', '').toLowerCase();
  return ALL_CORES.find(({ name }) => name.replaceAll(/[^A-Za-z0-9]/g, '').toLowerCase() === plain);
}

/** Whether a line is one that firmware prints of an erratum, or with which it begins. */
export function isWorkaroundLine(text: string): boolean {
  return WORKAROUND.test(text) || /^\s*NOTICE: {1,8}BL\d{1,2}: v?\d/.test(text);
}

/** What firmware and boot loaders print before the kernel: Trusted Firmware-A, U-Boot, EDK2. */
export const firmwareLogReader: Reader = {
  name: 'firmware-log',
  title: "a boot loader's or firmware's log",
  recognise(head) {
    const share = lineShare(head, (line) => (WORKAROUND.test(line) ? 'told' : LINE.test(line) ? 'line' : 'other'));
    if (share('told') > 0) return 0.7;
    return /^[ \t]*(?:U-Boot (?:SPL |TPL )?20\d\d\.|UEFI firmware \(version |NOTICE: {1,8}BL\d)/m.test(head) && share('line') > 0.3
      ? 0.6
      : 0;
  },
  read(text) {
    const account = new LineAccount();
    const workarounds: CapturedWorkaround[] = [];
    const cores = new Set<Core>();
    let title: string | undefined;
    for (const line of textLines(text)) {
      const plain = line.text.slice(0, 400);
      if (plain.trim() === '') continue;
      const [, spelt, erratum, outcome] = WORKAROUND.exec(plain) ?? [];
      const model = MODEL.exec(plain)?.[1];
      const named = [...plain.matchAll(OF_CPU)].flatMap(([, name]) => coreOf(`cortex_${name}`) ?? []);
      for (const core of named) cores.add(core);
      title ??= model?.trim();
      if (spelt !== undefined && workarounds.length < MOST) {
        const core = coreOf(spelt);
        if (core !== undefined) cores.add(core);
        workarounds.push({
          line: line.number,
          erratum: erratum!.toLowerCase().replace(/^cve[_-](\d{4})[_-](\d+)$/, 'CVE-$1-$2'),
          applied: outcome!.toLowerCase() === 'applied',
          core: core?.name ?? spelt,
        });
        account.read();
      } else if (model !== undefined || named.length > 0) account.read();
      else account.passed();
    }
    return {
      value: {
        ...given({ title }),
        // It speaks of CPUs that it runs on.
        ...(cores.size === 0 ? {} : { cores: [...cores].map(({ implementer, part }) => ({ implementer, part })) }),
        ...(workarounds.length === 0 ? {} : { workarounds }),
      },
      diagnostics: account.diagnostics,
      lines: account.lines,
    };
  },
};

/** The most lines that are kept. */
const MOST = 1_000;
