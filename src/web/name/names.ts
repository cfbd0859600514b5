import { allCompatHwcaps } from '../../answers/compat-hwcap.ts';
import { errataByNumber } from '../../answers/erratum-pages.ts';
import { KNOWN, knownName } from '../../answers/known.ts';
import { encodingOf, formatEncoding } from '../../arch/encoding.ts';
import { findLevel } from '../../arch/level.ts';
import { allInstructions, findInstruction } from '../../arch/mnemonic.ts';
import { findField, findRegister } from '../../arch/register.ts';
import { allHwcaps } from '../../linux/release/hwcap-catalogue.ts';
import { KNOWN_TREES, MAINLINE_RELEASES } from '../../linux/release/known-trees.ts';
import { ALL_CORES, coreTitle } from '../../silicon/core.ts';
import { affectedCore } from '../card/affected-cores.tsx';
import type { NameView } from '../route.ts';
import { CARD_KINDS } from './card-kinds.ts';
import { listed, type NameKind } from './name-kind.ts';

export { hwcapSentence } from './card-kinds.ts';

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function fieldSentence(name: string): string {
  const found = findField(name);
  if (found === undefined) return '';
  const { register, field } = found;
  const values = Object.entries(field.values ?? {}).map(([raw, value]) => `${raw} ${value.meaning ?? value.name}`);
  return `${field.name}, bits ${field.msb}:${field.lsb} of ${register.name}: ${field.description ?? register.longName}. ${values.length === 0 ? '' : `Values: ${listed(values)}.`}`;
}

/** So many names as a sentence bears. */
function someOf(names: readonly string[]): readonly string[] {
  const shown = 6;
  return names.length <= shown + 1 ? names : [...names.slice(0, shown), `${names.length - shown} others`];
}

function coreSentence(name: string): string {
  const [core] = ALL_CORES.filter((one) => one.name === name);
  if (core === undefined) return '';
  const level = core.level === undefined ? '' : `, built to ${core.level}`;
  const year = core.year === undefined ? '' : `, ${core.year}`;
  return `${coreTitle(core)}: implementer 0x${core.implementer.toString(16)}, part 0x${core.part.toString(16).padStart(3, '0')} in MIDR_EL1${level}${year}.${core.products === undefined ? '' : ` In ${listed(someOf(core.products))}.`}`;
}

function releaseSentence(name: string): string {
  const here = allHwcaps().filter(({ since }) => since === name);
  const news = here.length === 0 ? 'No hwcap is new in it' : `New hwcaps: ${listed(here.map((one) => one.name))}`;
  return `What Linux ${name} tells programs of an arm64 CPU. ${news}.`;
}

function erratumSentence(number: string): string {
  const errata = errataByNumber().get(number) ?? [];
  const cores = [...new Set(errata.flatMap(({ row }) => (row.affected ?? []).map(({ midr }) => affectedCore(midr).name)))];
  const names = [...new Set(errata.map(({ name }) => name))].join('; ');
  return `${capitalised(names)}, which Linux works around as ${[...new Set(errata.map(({ cpucap }) => cpucap))].join(', ')}.${cores.length === 0 ? '' : ` It concerns ${listed(cores)}.`}`;
}

/** The names of cores, each once: several makers may have a core of one name. */
function coreNames(): readonly string[] {
  return [...new Set(ALL_CORES.map(({ name }) => name))];
}

function instructionSentence(name: string): string {
  const own = findInstruction(name);
  if (own === undefined) return '';
  const features = own.archFeatures.map((one) => one.name).join(' or ');
  const hwcaps = [...new Set(own.archFeatures.flatMap(({ linuxHwcaps = [] }) => linuxHwcaps))];
  const test = hwcaps.length === 0 ? 'Linux has no hwcap for it.' : `A program tests the hwcap ${hwcaps.join(' or ')} before it uses it.`;
  return `${own.name} is ${own.isRegister ? 'a register' : 'an instruction'} of ${features}. ${test}`;
}

/** Every kind of names, by view. */
export const NAMES: Readonly<Record<NameView, NameKind>> = {
  ...CARD_KINDS,
  compat: {
    word: 'hwcap of AArch32',
    plural: 'Hwcaps of 32-bit programs',
    about: 'What a 32-bit program finds in its AT_HWCAP words under a 64-bit kernel.',
    all: () => allCompatHwcaps().map(({ name }) => name),
    find: (text) => knownName('compat', text.replace(/^(?:compat_)?hwcap2?_/i, '')),
    sentence: (name) => {
      const own = allCompatHwcaps().find((one) => one.name === name);
      return own === undefined
        ? ''
        : `${name} is a hwcap of 32-bit programs: bit ${own.bit} of ${own.vector}, set by ${own.setBy}${own.since === undefined ? '' : ` since Linux ${own.since}`}.`;
    },
  },
  register: {
    word: 'register',
    plural: 'ID registers',
    about: 'A CPU describes itself in registers that hold fields of a few bits each.',
    all: () => KNOWN.register.all().map(({ name }) => name),
    find: (text) => findRegister(text)?.name,
    sentence: (name) => {
      const own = findRegister(name);
      return own === undefined
        ? ''
        : `${own.name}: ${own.longName}, ${formatEncoding(encodingOf(own.name))} for MRS. Fields: ${listed(own.fields.map((field) => field.name))}.`;
    },
  },
  field: {
    word: 'field',
    plural: 'Fields of ID registers',
    about: 'A field counts upwards: a value promises everything that the lower values promise.',
    all: () => [...new Set(KNOWN.field.all().map(KNOWN.field.nameOf))],
    find: (text) => {
      const found = findField(text);
      return found === undefined ? undefined : KNOWN.field.nameOf(found);
    },
    sentence: fieldSentence,
  },
  core: {
    word: 'core',
    plural: 'Cores',
    about: 'A core is named by two numbers in MIDR_EL1: who made it, and which part it is.',
    all: coreNames,
    find: (text) => KNOWN.core.find(text)?.name,
    sentence: coreSentence,
  },
  level: {
    word: 'level',
    plural: 'Architecture levels',
    about: 'A level such as Armv8.4-A says which architecture features must be there, and which may.',
    all: () => KNOWN.level.all().map(({ name }) => name),
    find: (text) => findLevel(text)?.name,
    sentence: (name) => {
      const { mandatory = [], optional = [] } = findLevel(name) ?? { name };
      return `${name} makes ${mandatory.length} architecture features mandatory: ${listed(mandatory)}. ${optional.length} more are new and optional.`;
    },
  },
  release: {
    word: 'Linux release',
    plural: 'Linux releases',
    about: 'What a kernel tells programs hangs on its release: which hwcaps it knows, and which errata hide them.',
    all: () => [...MAINLINE_RELEASES],
    find: (text) => {
      const plain = text.replace(/^(?:linux )?v?/i, '');
      const tree = KNOWN_TREES.some(({ release }) => release === plain);
      return MAINLINE_RELEASES.find((one) => one === plain || (tree && plain.startsWith(`${one}.`)));
    },
    sentence: releaseSentence,
  },
  erratum: {
    word: 'erratum',
    plural: 'Errata',
    about: 'Errata for which Linux has a workaround; some take a hwcap from programs.',
    all: () => [...errataByNumber().keys()],
    find: (text) => {
      const plain = text.toUpperCase().replace(/^(?:(?:ARM|CAVIUM|QUALCOMM|HISILICON|NVIDIA|AMPERE\w*) )?(?:ERRATUM|ERRATA) ?#?/, '');
      return [...errataByNumber().keys()].find((number) => number.toUpperCase() === plain);
    },
    sentence: erratumSentence,
  },
  insn: {
    word: 'instruction',
    plural: 'Instructions',
    about: 'Which architecture feature brings an instruction, and so which hwcap a program tests before it uses it.',
    all: () => allInstructions().map(({ name }) => name),
    find: (text) => findInstruction(text)?.name,
    sentence: instructionSentence,
  },
};
