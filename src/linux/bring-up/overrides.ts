import { readHexDigit, readUnsigned } from '../cmdline/values.ts';
import { normalName } from '../cmdline/words.ts';
import type { KernelModel } from '../release/kernel-at.ts';

/** What the command line asks of one ID register. */
export interface RegisterOverride {
  /** The bits that it asks for; a bit outside `mask` marks a value that a filter refused. */
  value: bigint;
  /** The bits that it sets. */
  mask: bigint;
  /** The bits of which it is not known whether they were accepted. Absent: none. */
  openMask?: bigint;
}

/** The overrides of a boot: by register, and the software-only ones by name (`hvhe`, `nokaslr`). */
export interface Overrides {
  readonly registers: ReadonlyMap<string, RegisterOverride>;
  readonly software: ReadonlyMap<string, number>;
}

/** What filters look at besides the value. */
export interface OverrideSituation {
  /** Whether a test holds for a field of four bits, unsigned, of the boot CPU. */
  holds(register: string, lsb: number, test: (value: number) => boolean): boolean;
  /** Whether the kernel was entered at EL2. */
  readonly atEl2: boolean;
}

/** Where 4 KiB and 16 KiB granules stand in ID_AA64MMFR0_EL1, and the value from which they reach 52 bits. */
const GRANULES = [
  { option: 'CONFIG_ARM64_4K_PAGES', lsb: 28, lpa2: 1 },
  { option: 'CONFIG_ARM64_16K_PAGES', lsb: 20, lpa2: 2 },
] as const;

const PARANGE_48 = 5n;

/** Collects what the words of a command line ask for. */
class OverrideParser {
  readonly registers = new Map<string, RegisterOverride>();
  readonly software = new Map<string, number>();
  readonly #model: KernelModel;
  readonly #situation: OverrideSituation;

  constructor(model: KernelModel, situation: OverrideSituation) {
    this.#model = model;
    this.#situation = situation;
  }

  words(words: readonly string[]): void {
    for (const word of words) {
      this.#word(word);
      for (const expanded of this.#model.overrides.aliases.get(normalName(word)) ?? []) this.#word(expanded);
    }
  }

  #register(name: string): RegisterOverride {
    let override = this.registers.get(name);
    if (!override) {
      override = { value: 0n, mask: 0n };
      this.registers.set(name, override);
    }
    return override;
  }

  #word(word: string): void {
    const match = /^([^.=]+)\.([^=]+)=(.*)$/.exec(word);
    if (!match) return;
    const [, registerName, fieldName, text] = match as unknown as [string, string, string, string];
    const field = this.#model.overrides.fields.get(`${normalName(registerName)}.${normalName(fieldName)}`);
    if (!field) return;
    const [msb, lsb] = field.bits;
    const width = BigInt(msb - lsb + 1);
    const parsed = this.#model.behaviour['override-value'] === 'hex-digit' ? readHexDigit(text) : readUnsigned(text);
    if (parsed === undefined) return;
    // The filter sees the whole number, the register takes what fits.
    const accepted = this.#filter(field.filter, parsed);
    const value = BigInt.asUintN(Number(width), parsed);
    if (field.register === undefined) {
      this.software.set(field.name, accepted ? Number(value) : 0);
      return;
    }
    const override = this.#register(field.register);
    const mask = ((1n << width) - 1n) << BigInt(lsb);
    override.value = accepted ? (override.value & ~mask) | (value << BigInt(lsb)) : override.value | mask;
    override.mask = accepted ? override.mask | mask : override.mask & ~mask;
  }

  /** Judges a value, and does what the filter does besides. */
  #filter(filter: string | undefined, value: bigint): boolean {
    switch (filter) {
      case 'mmfr2_varange_filter':
        if (value !== 0n) return false;
        this.#limitTo48Bits();
        return true;
      case 'hvhe_filter':
        return value === 1n && this.#situation.atEl2 && this.#situation.holds('ID_AA64MMFR1_EL1', 8, (vh) => vh !== 0);
      case 'pfr0_sve_filter':
        if (value === 0n) this.#clearRegister('ID_AA64ZFR0_EL1');
        return true;
      case 'pfr1_sme_filter':
        if (value === 0n) this.#clearRegister('ID_AA64SMFR0_EL1');
        return true;
      default:
        // `mmfr1_vh_filter` refuses 0 where HCR_EL2.E2H cannot be cleared, which nothing tells.
        return true;
    }
  }

  #clearRegister(name: string): void {
    const override = this.#register(name);
    override.value = 0n;
    override.mask = 0xffff_ffff_ffff_ffffn;
  }

  /** Without 52-bit addresses, granules must not promise them either, nor, since a kernel heeds it, the physical range. */
  #limitTo48Bits(): void {
    if (this.#model.option('CONFIG_ARM64_LPA2') !== 'y') return;
    const granule = GRANULES.find(({ option }) => this.#model.option(option) === 'y');
    // The field is signed.
    if (!granule || !this.#situation.holds('ID_AA64MMFR0_EL1', granule.lsb, (value) => value >= granule.lpa2 && value < 8)) return;
    const override = this.#register('ID_AA64MMFR0_EL1');
    const range = this.#model.behaviour['varange-keeps-parange'] ? { mask: 0n, value: 0n } : { mask: 0xfn, value: PARANGE_48 };
    const mask = (0xfn << BigInt(granule.lsb)) | range.mask;
    override.value = (override.value & ~mask) | (BigInt(granule.lpa2 - 1) << BigInt(granule.lsb)) | range.value;
    override.mask |= mask;
  }
}

/**
 * What a command line asks of the ID registers. Nothing is applied yet: that happens field by field when the boot CPU's registers
 * are taken over, and only where it lowers a promise.
 *
 * @see Linux `arch/arm64/kernel/pi/idreg-override.c`.
 */
export function parseOverrides(model: KernelModel, words: readonly string[], situation: OverrideSituation): Overrides {
  const parser = new OverrideParser(model, situation);
  parser.words(words);
  return { registers: parser.registers, software: parser.software };
}
