import type { ArchFeatureName } from '../arch/arch-feature-rule.ts';
import type { Diagnostic, Parsed } from '../diagnostic.ts';
import { given } from '../given.ts';
import { listedMachine } from '../silicon/machine.ts';
import { isJsonObject, type JsonObject, showJson } from './json-reader.ts';
import { LineAccount } from './line-account.ts';
import { parseJson, placeFinder } from './parse-json.ts';
import type { Capture, ReadCapture, Reader } from './reader.ts';

/** What QEMU says of a CPU model, and of the CPUs of a machine. */
export interface QemuCpuModel {
  /** As `-cpu` takes it. */
  readonly model?: string;
  /** Lengths of SVE vectors that are on, in bytes. */
  readonly sveVl?: readonly number[];
  /** Lengths of streaming SVE vectors that are on, in bytes. */
  readonly smeVl?: readonly number[];
  readonly present: readonly ArchFeatureName[];
  readonly absent: readonly ArchFeatureName[];
  /** How many CPUs `query-cpus-fast` lists. */
  readonly cpuCount?: number;
}

/** Properties of CPU models that switch an architecture feature. */
const PROPERTIES: Readonly<Record<string, ArchFeatureName>> = {
  sve: 'FEAT_SVE',
  sme: 'FEAT_SME',
  sme_fa64: 'FEAT_SME_FA64',
  pauth: 'FEAT_PAuth',
  lpa2: 'FEAT_LPA2',
  pmu: 'FEAT_PMUv3',
  mte: 'FEAT_MTE2',
  neon: 'FEAT_AdvSIMD',
  vfp: 'FEAT_FP',
  aarch64: 'FEAT_AA64',
};

/** Properties that say how something is done, not that it is there, or that are about the emulation alone. */
const PASSED =
  /^(?:pauth-\w{1,20}|sve-default-vector-length|sme-default-vector-length|sve-max-vq|kvm-.{1,40}|cfgend|cntfrq|reset-hivecs|rvbar|mp-affinity|midr|has_el[23]|el[23]|backcompat-.{1,40}|core-count|psci-conduit|start-powered-off|unavailable-features)$/;

/** Takes the JSON values out of a transcript of QMP one after the other. */
function* jsonParts(text: string): Generator<{ readonly text: string; readonly offset: number }> {
  const marks = /["{}[\]\\]/g;
  let [depth, start, inText] = [0, -1, false];
  for (let mark = marks.exec(text); mark !== null; mark = marks.exec(text)) {
    const [sign] = mark;
    if (sign === '\\') marks.lastIndex += inText ? 1 : 0;
    else if (sign === '"') inText = depth > 0 && !inText;
    else if (inText) continue;
    else if (sign === '{' || sign === '[') {
      if (depth === 0) start = mark.index;
      depth += 1;
    } else if (depth > 0) {
      depth -= 1;
      if (depth === 0) yield { text: text.slice(start, marks.lastIndex), offset: start };
    }
  }
  if (depth > 0) yield { text: text.slice(start), offset: start };
}

class Transcript {
  readonly account = new LineAccount();
  readonly #features = new Map<ArchFeatureName, boolean>();
  readonly #lengths = { sve: new Set<number>(), sme: new Set<number>() };
  readonly #unknown: string[] = [];
  #model: string | undefined;
  #cpuCount: number | undefined;
  #understood = 0;

  message(value: unknown, where: string): void {
    const body = isJsonObject(value) && 'return' in value ? value.return : value;
    if (isJsonObject(body) && isJsonObject(body.model)) this.#expansion(body.model, where);
    else if (isJsonObject(body) && isJsonObject(body.props)) this.#expansion(body, where);
    else if (Array.isArray(body)) this.#list(body as readonly unknown[], where);
    else if (isJsonObject(value) && isJsonObject(value.error)) this.#error(value.error, where);
  }

  #error({ desc }: JsonObject, where: string): void {
    this.#understood += 1;
    this.account.add({ code: 'qmp-error', severity: 'warning', where, message: `QEMU answered with an error: ${showJson(desc)}` });
  }

  #list(entries: readonly unknown[], where: string): void {
    const cpus = entries.filter((entry): entry is JsonObject => isJsonObject(entry) && 'cpu-index' in entry);
    if (cpus.length === 0) return;
    this.#understood += 1;
    this.#cpuCount = cpus.length;
    const foreign = cpus.find(({ target }) => typeof target === 'string' && !/^(?:aarch64|arm)$/.test(target));
    if (foreign === undefined) return;
    this.account.add({ code: 'not-arm', severity: 'error', where, message: `the CPUs are of ${showJson(foreign.target)}, not of aarch64` });
  }

  #expansion({ name, props }: JsonObject, where: string): void {
    this.#understood += 1;
    if (typeof name === 'string') this.#model ??= name.slice(0, 120);
    for (const [property, value] of Object.entries(isJsonObject(props) ? props : {})) this.#property(property, value, where);
  }

  #property(property: string, value: unknown, where: string): void {
    const length = /^(sve|sme)(\d{3,4})$/.exec(property);
    const archFeature = Object.hasOwn(PROPERTIES, property) ? PROPERTIES[property] : undefined;
    if (length === null && archFeature === undefined) {
      if (!PASSED.test(property)) this.#unknown.push(property);
    } else if (typeof value !== 'boolean') {
      this.account.add({
        code: 'bad-value',
        severity: 'error',
        where,
        message: `${property}: expected true or false, got ${showJson(value)}`,
      });
    } else if (archFeature !== undefined) this.#features.set(archFeature, value);
    else if (length !== null && value) this.#length(length[1] as 'sve' | 'sme', Number(length[2]), where);
  }

  #length(kind: 'sve' | 'sme', bits: number, where: string): void {
    if (bits % 128 === 0 && bits >= 128 && bits <= 2048) this.#lengths[kind].add(bits / 8);
    else this.account.add({ code: 'bad-value', severity: 'error', where, message: `${kind}${bits}: no vector has that length` });
  }

  get value(): QemuCpuModel {
    const of = (wanted: boolean): readonly ArchFeatureName[] =>
      [...this.#features].filter(([, held]) => held === wanted).map(([name]) => name);
    const lengths = (kind: 'sve' | 'sme'): readonly number[] => [...this.#lengths[kind]].sort((a, b) => a - b);
    return {
      ...given({ model: this.#model }),
      ...(this.#lengths.sve.size === 0 ? {} : { sveVl: lengths('sve') }),
      ...(this.#lengths.sme.size === 0 ? {} : { smeVl: lengths('sme') }),
      present: of(true),
      absent: of(false),
      ...given({ cpuCount: this.#cpuCount }),
    };
  }

  finish(): void {
    if (this.#unknown.length > 0) {
      const shown = this.#unknown
        .slice(0, 12)
        .map((name) => showJson(name))
        .join(', ');
      const message = `${this.#unknown.length} properties are not read: ${shown}${this.#unknown.length > 12 ? ', …' : ''}`;
      this.account.add({ code: 'not-modelled', severity: 'note', where: 'props', message });
    }
    if (this.#understood > 0) return;
    const message = 'expected the answer of query-cpu-model-expansion or query-cpus-fast';
    this.account.add({ code: 'no-answer', severity: 'error', where: 'file', message });
  }
}

/**
 * Reads answers of QEMU's monitor: `query-cpu-model-expansion` (which vector lengths and features a model has on) and `query-cpus-fast`
 * (how many CPUs there are). A whole transcript may be given, with greetings, commands and arrows. A property that is on says that the
 * guest is offered it; no register value follows from it.
 *
 * @see QEMU, docs/system/arm/cpu-features.rst.
 *
 * @example
 * ```js
 * Array.isArray(parseQmp('{}').diagnostics) // → true
 * ```
 */
export function parseQmp(text: string): Parsed<QemuCpuModel> {
  const transcript = new Transcript();
  const placeAt = placeFinder(text);
  for (const part of jsonParts(text)) {
    const { value, diagnostics } = parseJson(part.text);
    const where = placeAt(part.offset);
    if (diagnostics.length === 0) transcript.message(value, where);
    else transcript.account.add({ ...(diagnostics[0] as Diagnostic), where });
  }
  transcript.finish();
  return { value: transcript.value, diagnostics: transcript.account.diagnostics };
}

function captureOf({ model, present, absent, sveVl, smeVl, cpuCount }: QemuCpuModel): Capture {
  const lengths = given({ sveVl, smeVl });
  return {
    ...(model === undefined ? {} : { name: model, title: `QEMU's CPU model ${model}`, qemuModel: model.replace(/-arm-cpu$/, '') }),
    ...(present.length + absent.length === 0 ? {} : { archFeatures: { present, absent, lacksAbsent: true } }),
    ...(Object.keys(lengths).length === 0 ? {} : { machine: listedMachine([{ registers: {}, ...lengths }]) }),
    ...given({ cpuCount }),
  };
}

/** Answers of QEMU's monitor. */
export const qmpReader: Reader = {
  name: 'qmp',
  title: "answers of QEMU's monitor (QMP)",
  recognise(head) {
    if (/"model"\s*:\s*\{/.test(head) && /"props"\s*:/.test(head)) return 0.97;
    if (/"cpu-index"\s*:/.test(head)) return 0.95;
    if (/"QMP"\s*:\s*\{|"execute"\s*:\s*"query-cpu/.test(head)) return 0.9;
    return /"props"\s*:\s*\{\s*"(?:sve|pauth|aarch64|kvm-)/.test(head) ? 0.9 : 0;
  },
  read(text): ReadCapture {
    const { value, diagnostics } = parseQmp(text);
    return { value: captureOf(value), diagnostics };
  },
};
