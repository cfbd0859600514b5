import { ArmlensError } from '../../errors.ts';
import { formatKvmKernel, type NamedKernel, parseKvmKernel } from '../../formats/kvm-kernel.ts';
import { given } from '../../given.ts';
import type { Environment } from '../../linux/environment.ts';
import { VCPU_OPTIONS } from '../../linux/kvm/vcpu.ts';
import { CONFIG_NAMES } from '../../linux/release/config.ts';
import { resolveRelease } from '../../linux/release/known-trees.ts';
import { isOptionValue } from '../../linux/release/option-value.ts';
import { type Query, queryValue, queryValues, withQuery } from '../route.ts';
import { sentence } from '../sentence.ts';
import { formatCpuSet, parseCpuSet } from './cpu-set.ts';
import { formatEnvironmentWords, parseEnvironmentWord } from './environment-words.ts';
import { formatEdit, parseEdit, type RegisterEdit } from './register-edit.ts';

/** Which machine it is about: one that comes with the library, or what the reader pasted, as {@link packText} wrote it. */
export type MachineRef = { readonly kind: 'known'; readonly name: string } | { readonly kind: 'pasted'; readonly code: string };

/** KVM of a host, and what a vCPU is made with, by the names of `--vcpu`. */
export interface KvmQuery {
  readonly kernel: NamedKernel;
  readonly vcpu: readonly string[];
}

/**
 * Silicon, hypervisor and kernel as an address names them. What is absent is as the machine was recorded, or the library's default.
 *
 * | key | names |
 * | --- | --- |
 * | `m`, `p` | the machine: a known one, or pasted text |
 * | `set` | another value of a field or register: `ID_AA64ISAR1_EL1.LRCPC:1@0-3`; may stand several times |
 * | `without` | CPUs that are taken away: `4-7` |
 * | `kvm`, `vcpu` | KVM of a host with this kernel, and what its vCPU is made with: `6.1,cmdline=arm64.nosve`, `sve,pauth` |
 * | `mask`, `template`, `guest` | what a hypervisor does: a mask, a CPU template, single fields |
 * | `k`, `c`, `cmdline` | the kernel's release, named configuration and command line |
 * | `o` | one option: `CONFIG_ARM64_SVE:n`; may stand several times |
 * | `env` | its surroundings: `el2`, `nvhe`, `timer:24000000` … |
 */
export interface ScenarioQuery {
  /** KVM between the machine and the kernel. */
  readonly kvm?: KvmQuery;
  readonly machine: MachineRef;
  readonly edits: readonly RegisterEdit[];
  readonly without: readonly number[];
  readonly mask?: string;
  readonly template?: string;
  readonly settings: readonly string[];
  readonly release?: string;
  readonly config?: string;
  readonly options: readonly (readonly [name: string, value: string])[];
  readonly cmdline?: string;
  readonly environment: Environment;
}

/** What an address names, and what of it was not understood. */
export interface ParsedScenario {
  readonly value: ScenarioQuery;
  readonly problems: readonly string[];
}

/** The machine of an address that names none. */
const FIRST_MACHINE = 'parallels-m1';

function machineOf(query: Query): MachineRef {
  const code = queryValue(query, 'p');
  return code === undefined ? { kind: 'known', name: queryValue(query, 'm') ?? FIRST_MACHINE } : { kind: 'pasted', code };
}

function readEach<T>(texts: readonly string[], read: (text: string) => T | { readonly problem: string }, problems: string[]): readonly T[] {
  return texts.flatMap((text) => {
    const found = read(text);
    if (typeof found !== 'object' || found === null || !('problem' in found)) return [found];
    problems.push(sentence(found.problem));
    return [];
  });
}

function readOption(text: string): readonly [string, string] | { readonly problem: string } {
  const [, name, value] = /^(CONFIG_\w{1,80}):([\w-]{1,40})$/.exec(text) ?? [];
  if (name !== undefined && value !== undefined) {
    if (isOptionValue(value)) return [name, value];
    return { problem: `o=${text.slice(0, 60)}: ${value} is no value of an option; expected y, m, n or a number` };
  }
  return { problem: `o=${text.slice(0, 60)} is no option; expected a form such as CONFIG_ARM64_SVE:n` };
}

function readEnvironmentWord(word: string): Environment | { readonly problem: string } {
  return parseEnvironmentWord(word) ?? { problem: `env=${word.slice(0, 60)} is not known` };
}

function readCpus(text: string): { readonly cpus: readonly number[] } | { readonly problem: string } {
  const cpus = parseCpuSet(text);
  return cpus === undefined ? { problem: `without=${text.slice(0, 60)} is no list of CPUs` } : { cpus };
}

/** The names of a list that a vCPU can be made with. */
function readVcpu(text: string, problems: string[]): readonly string[] {
  const names = text.split(',').filter(Boolean);
  for (const name of names) {
    if (!Object.hasOwn(VCPU_OPTIONS, name)) {
      problems.push(`vcpu=${name.slice(0, 60)} is not known; known are ${Object.keys(VCPU_OPTIONS).join(', ')}.`);
    }
  }
  return names.filter((name) => Object.hasOwn(VCPU_OPTIONS, name));
}

/** What is wrong with a text as a release, if anything is. */
export function releaseProblem(text: string): string | undefined {
  try {
    resolveRelease(text);
    return undefined;
  } catch (error) {
    if (error instanceof ArmlensError) return sentence(error.message);
    throw error;
  }
}

/** A release that an address names, if it is known. */
function readRelease(text: string | undefined, problems: string[]): string | undefined {
  const problem = text === undefined ? undefined : releaseProblem(text);
  if (problem === undefined) return text;
  problems.push(problem);
  return undefined;
}

/** A configuration that an address names, if it is known. */
function readConfig(name: string | undefined, problems: string[]): string | undefined {
  if (name === undefined || CONFIG_NAMES.includes(name)) return name;
  problems.push(`c=${name.slice(0, 60)} is no configuration; known are ${CONFIG_NAMES.join(', ')}.`);
  return undefined;
}

function readKvm(query: Query, problems: string[]): KvmQuery | undefined {
  const [text, features] = [queryValue(query, 'kvm'), queryValue(query, 'vcpu')];
  const named = text === undefined ? undefined : parseKvmKernel(text);
  if (text !== undefined && named === undefined) problems.push(`kvm=${text.slice(0, 60)} names no kernel; expected a form such as 6.1.`);
  const kernel = readRelease(named?.release, problems) === undefined ? undefined : named;
  if (text === undefined && features !== undefined) problems.push(`vcpu=${features.slice(0, 60)} goes with kvm=RELEASE.`);
  return kernel && { kernel, vcpu: readVcpu(features ?? '', problems) };
}

/** Reads the part of a query that names a machine and a kernel. It never fails. */
export function parseScenario(query: Query): ParsedScenario {
  const problems: string[] = [];
  const texts = ['mask', 'template', 'cmdline'].flatMap((key) => {
    const value = queryValue(query, key);
    return value === undefined ? [] : [[key, value] as const];
  });
  const release = readRelease(queryValue(query, 'k'), problems);
  const config = readConfig(queryValue(query, 'c'), problems);
  const value: ScenarioQuery = {
    machine: machineOf(query),
    edits: readEach(queryValues(query, 'set'), parseEdit, problems),
    without: readEach(queryValues(query, 'without'), readCpus, problems).flatMap(({ cpus }) => cpus),
    settings: queryValues(query, 'guest'),
    options: readEach(queryValues(query, 'o'), readOption, problems),
    environment: Object.assign({}, ...readEach(queryValues(query, 'env'), readEnvironmentWord, problems)),
    ...given({ release, config, kvm: readKvm(query, problems) }),
    ...Object.fromEntries(texts),
  };
  return { value, problems };
}

function texts(value: string | undefined): readonly string[] {
  return value === undefined ? [] : [value];
}

/** Writes a scenario into a query; the other keys stay. */
export function withScenario(query: Query, scenario: ScenarioQuery): Query {
  const { machine, without } = scenario;
  const values: readonly (readonly [string, readonly string[]])[] = [
    ['m', machine.kind === 'known' ? [machine.name] : []],
    ['p', machine.kind === 'pasted' ? [machine.code] : []],
    ['k', texts(scenario.release)],
    ['c', texts(scenario.config)],
    ['o', scenario.options.map(([name, value]) => `${name}:${value}`)],
    ['cmdline', texts(scenario.cmdline)],
    ['env', formatEnvironmentWords(scenario.environment)],
    ['set', scenario.edits.map(formatEdit)],
    ['without', without.length === 0 ? [] : [formatCpuSet(without)]],
    ['kvm', scenario.kvm === undefined ? [] : [formatKvmKernel(scenario.kvm.kernel)]],
    ['vcpu', scenario.kvm === undefined || scenario.kvm.vcpu.length === 0 ? [] : [scenario.kvm.vcpu.join()]],
    ['mask', texts(scenario.mask)],
    ['template', texts(scenario.template)],
    ['guest', scenario.settings],
  ];
  return values.reduce((found, [key, own]) => withQuery(found, key, ...own), query);
}
