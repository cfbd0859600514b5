import type { Word } from '../answers/guest/listings.ts';
import type { Diagnostic } from '../diagnostic.ts';
import { given } from '../given.ts';
import type { Core } from '../silicon/core.ts';
import { coreAlone } from './core-alone.ts';
import { coresOfProduct } from './core-midr.ts';
import { LineAccount, textLines } from './line-account.ts';
import type { Capture, Reader } from './reader.ts';

/** `<model fallback='forbid'>cortex-a57</model>`, and other elements that hold a word. */
const ELEMENT = /<(arch|model|vendor)\b[^<>]{0,200}>([^<>]{1,80})<\/\1>/g;
const FEATURE = /<feature\b[^<>]{0,200}>/g;
const OPENS = /<(host|guest|domain|domainCapabilities|cpu|mode|device)\b([^<>]{0,200})>/g;

/** Types of domains that libvirt runs by QEMU: what it emulates, and what KVM and Apple's framework run. */
const QEMUS: ReadonlySet<string> = new Set(['qemu', 'kvm', 'hvf']);

interface Told {
  names: string[];
  /** Whether the list of names ends. */
  isClosed?: boolean;
  model?: string;
  mode?: string | undefined;
  arch?: string | undefined;
  isHost: boolean;
  /** On what a guest is to run: set where the text is of one. */
  virt?: Word;
  listsModels: boolean;
  /** How many CPUs a guest has. */
  cpuCount?: number;
}

function readLine(told: Told, text: string): boolean {
  let isRead = false;
  for (const [whole, element, attributes = ''] of text.matchAll(OPENS)) {
    if (whole.endsWith('/>') && element !== 'cpu') continue;
    if (element === 'host') told.isHost = true;
    else if (element === 'guest') told.isHost = false;
    // Behind an architecture it is one of those that a host can run.
    else if (element === 'domain' && attributes !== '' && !told.arch) {
      const type = /\btype=['"](\w{1,20})/.exec(attributes)?.[1] ?? '';
      told.virt ??= { text: QEMUS.has(type) ? 'qemu' : type, at: { file: '', text: whole } };
    } else if (element === 'domainCapabilities') told.listsModels = true;
    else if (element === 'cpu') told.mode = /\bmode=['"]([\w-]{1,30})/.exec(attributes)?.[1] ?? told.mode;
  }
  for (const [, element, value = ''] of text.matchAll(ELEMENT)) {
    if (element === 'arch' && (told.isHost || told.virt || told.listsModels)) told.arch ??= value;
    if (element === 'model' && !told.listsModels && (told.isHost || told.mode === 'custom')) told.model ??= value;
    isRead = true;
  }
  const cpus = /<vcpu\b[^<>]{0,200}?(?:\bcurrent=.(\d{1,3})\b|>(\d{1,3})<)/.exec(text);
  if (cpus !== null) told.cpuCount = Number(cpus[1] ?? cpus[2]);
  told.arch ??= /<type\b[^<>]{0,100}\barch=['"](\w{1,20})/.exec(text)?.[1];
  for (const [feature] of text.matchAll(FEATURE)) {
    const name = /\bname=['"]([a-z0-9_]{1,30})['"]/.exec(feature)?.[1];
    if (name === undefined || !told.isHost || /\bpolicy=/.test(feature)) continue;
    told.names.push(name);
    isRead = true;
  }
  if (told.names.length > 0) told.isClosed ||= /<\/cpu>/.test(text);
  return isRead;
}

/** The core that a model is, which libvirt names by the core or by the product. */
function coreOf(model: string): Core | undefined {
  const [core, ...others] = coresOfProduct(model);
  return others.length === 0 ? core : undefined;
}

/** What of a host or a guest is told. */
function captureOf({ names, isClosed, model, mode, virt, cpuCount }: Told): Capture {
  if (virt || mode === 'custom') return given({ qemuModel: model, detectVirt: virt, cpuCount });
  const core = model === undefined ? undefined : coreOf(model);
  const cut = isClosed ? {} : { isPart: true as const };
  const told = core === undefined ? {} : coreAlone({ implementer: core.implementer, part: core.part, ...cut }, names);
  return { ...given({ title: model }), ...told, ...(names.length === 0 ? {} : { hwcaps: { names, ...cut } }) };
}

function findingsOf({ listsModels, mode, virt }: Told): readonly Diagnostic[] {
  const message = listsModels
    ? 'these are the models that QEMU offers; what the host is stands in what virsh capabilities prints'
    : virt && mode !== 'custom'
      ? `the guest's CPU is the host's (${mode ?? 'no mode is named'}), of which this says nothing`
      : undefined;
  return message === undefined ? [] : [{ code: 'no-cpu', severity: 'note', where: 'file', message }];
}

/** What libvirt says of a host (`virsh capabilities`), of what QEMU can run, and of a guest (`virsh dumpxml`). */
export const libvirtReader: Reader = {
  name: 'libvirt',
  title: "libvirt's XML",
  recognise(head) {
    if (!/<arch>(?:aarch64|armv7l)<\/arch>|\barch=['"](?:aarch64|armv7l)['"]/.test(head)) return 0;
    return /<(?:capabilities|domainCapabilities|domain\b)/.test(head) ? 0.96 : /<cpu\b/.test(head) ? 0.9 : 0;
  },
  read(text) {
    const account = new LineAccount();
    const told: Told = { names: [], isHost: false, listsModels: false };
    for (const line of textLines(text)) {
      if (readLine(told, line.text.slice(0, 20_000))) account.read();
      else if (line.text.trim() !== '') account.passed();
    }
    return { value: captureOf(told), diagnostics: [...account.diagnostics, ...findingsOf(told)], lines: account.lines };
  },
};
