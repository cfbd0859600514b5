import type { BootState } from '../bring-up/boot-state.ts';
import type { CpuRegisters } from '../bring-up/cpu-registers.ts';
import { firmwareAnswer, isBhbAffected, isV2Safe, isV4Safe } from '../rules/spectre.ts';

/** A way of speculation that the command line can leave open. */
type Mitigation = 'spectre-v2' | 'spectre-v4' | 'spectre-bhb';

/** Which mitigations the command line switches off. */
function switchedOff({ parameters }: BootState): Readonly<Record<Mitigation, boolean>> {
  const { mitigationsOff = false, noSpectreV2 = false, noSpectreBhb = false, ssbd } = parameters;
  return {
    'spectre-v2': mitigationsOff || noSpectreV2,
    'spectre-v4': mitigationsOff || ssbd === 'force-off',
    'spectre-bhb': mitigationsOff || noSpectreBhb,
  };
}

function report(state: BootState, mitigation: Mitigation, by?: 'configuration'): void {
  state.printOnce(mitigation, 'proton-pack', { code: 'mitigation-disabled', mitigation, ...(by ? { by } : {}) });
}

/** Spectre-v2: only firmware helps, so only where it would is there anything to leave off. */
function enableV2(state: BootState, cpu: CpuRegisters): void {
  if (isV2Safe(cpu)) return;
  const answer = firmwareAnswer(state, 'workaround1');
  const off = answer === 'mitigated' && switchedOff(state)['spectre-v2'];
  if (off) report(state, 'spectre-v2');
  if (off || answer === 'vulnerable') state.openToSpectreV2.set(true);
}

/** Spectre-v4: SSBS helps, else firmware. */
function enableV4(state: BootState, cpu: CpuRegisters): void {
  if (!switchedOff(state)['spectre-v4'] || isV4Safe(cpu)) return;
  if (state.cpuMatches('SSBS', cpu) || firmwareAnswer(state, 'workaround2') === 'mitigated') report(state, 'spectre-v4');
}

/** Spectre-BHB: pointless where Spectre-v2 is open. */
function enableBhb(state: BootState, cpu: CpuRegisters): void {
  if (!isBhbAffected({ state, cpu }) || state.openToSpectreV2.get()) return;
  if (state.model.option('CONFIG_MITIGATE_SPECTRE_BRANCH_HISTORY') === 'n') report(state, 'spectre-bhb', 'configuration');
  else if (switchedOff(state)['spectre-bhb']) report(state, 'spectre-bhb');
}

/** What enabling a capability on a CPU does, by its name. */
const ENABLERS: Readonly<Record<string, (state: BootState, cpu: CpuRegisters) => void>> = {
  SPECTRE_V2: enableV2,
  SPECTRE_V4: enableV4,
  SPECTRE_BHB: enableBhb,
};

/** The lines that enabling a capability on a CPU brings, on kernels that report a mitigation where it would be switched on. */
export function printOnEnabling(state: BootState, capability: string, cpu: CpuRegisters): void {
  if (state.model.behaviour['mitigations-off-reported'] !== 'where-needed') return;
  const enable = ENABLERS[capability];
  if (enable === undefined) return;
  const enabled = state.capabilities.verdict(capability);
  if (enabled !== false) state.when(enabled, () => state.explore(() => enable(state, cpu)));
}

/** The lines about mitigations that are switched off, on kernels that report them all at the end. */
export function printMitigationsOff(state: BootState): void {
  if (state.model.behaviour['mitigations-off-reported'] !== 'always') return;
  for (const [mitigation, off] of Object.entries(switchedOff(state))) if (off) report(state, mitigation as Mitigation);
}
