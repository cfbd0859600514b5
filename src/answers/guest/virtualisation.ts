import type { Capture } from '../capture.ts';
import { VIRTIO_ROWS } from '../generated/guest.ts';
import { type Finding, findEntries, findMessage, findRemark } from './finding.ts';
import type { Evidence } from './listings.ts';

const topic = 'virtualisation';

function psciVersion(capture: Capture): readonly Finding[] {
  const said = findMessage(capture, /^psci: PSCI(?:v(\d+\.\d+)\b)?.*detected in firmware/);
  const remark = findRemark(capture, 'psci');
  if (said === undefined && remark === undefined) return [];
  if (said === undefined) {
    const says = 'Starts and stops CPUs by PSCI.';
    return [{ topic, id: 'psci-version', value: 'not stated', says, basis: 'said', evidence: [remark!.at] }];
  }
  const version = said.groups[0] === '' ? undefined : said.groups[0];
  const of = version === undefined ? '' : ` ${version}`;
  const says = `Starts and stops CPUs by PSCI${of}.`;
  return [{ topic, id: 'psci-version', value: version ?? 'not stated', says, basis: 'read', evidence: [said.line.at] }];
}

/** How PSCI is called: the kernel does not print it, so that it follows from where it was started. */
function psciConduit(capture: Capture, level: Finding | undefined): readonly Finding[] {
  const { psciMethod } = capture;
  if (psciMethod !== undefined) {
    const value = /^hvc\b|HVC for PSCI\D*1/.test(psciMethod.text) ? 'HVC' : 'SMC';
    return [{ topic, id: 'psci-conduit', value, says: `PSCI is called by ${value}.`, basis: 'read', evidence: [psciMethod.at] }];
  }
  const probed = findMessage(capture, /^psci: (?:probing for conduit method|PSCI)/);
  if (probed === undefined) return [];
  const kvm = findMessage(capture, /^kvm \[\d+\]: (?:HYP mode not available|.*HYP)/i);
  const evidence: readonly Evidence[] = [...new Set([...(level?.evidence ?? []), ...(kvm === undefined ? [] : [kvm.line.at])])];
  const atEl2 = level?.value === 2;
  if (evidence.length === 0) return [];
  const value = atEl2 ? 'SMC' : 'HVC';
  const note =
    'The log does not name it; the FADT (iasl -d: "Must use HVC for PSCI") or /proc/device-tree/psci/method does. Firmware at EL3 below a hypervisor could take SMC as well.';
  const says = atEl2
    ? 'PSCI is called by SMC: nothing sits at EL2 but the kernel.'
    : 'PSCI is called by HVC, most likely: EL2 is the hypervisor’s.';
  return [{ topic, id: 'psci-conduit', value, says, basis: 'inferred', note, evidence }];
}

function bootLevel(capture: Capture): readonly Finding[] {
  const said = findMessage(capture, /^CPU: All CPU\(s\) started at EL([12])/);
  if (said !== undefined) {
    const value = Number(said.groups[0]);
    return [{ topic, id: 'boot-el', value, says: `All CPUs started at EL${value}.`, basis: 'read', evidence: [said.line.at] }];
  }
  const unequal = findMessage(capture, /CPUs? started in inconsistent modes/i);
  if (unequal !== undefined) {
    return [
      {
        topic,
        id: 'boot-el',
        value: 'mixed',
        says: 'CPUs started at different exception levels.',
        basis: 'read',
        evidence: [unequal.line.at],
      },
    ];
  }
  const kvm = findMessage(capture, /^kvm \[\d+\]: HYP mode not available/);
  if (kvm === undefined) return [];
  const says = 'CPUs started at EL1: the kernel found no EL2.';
  return [{ topic, id: 'boot-el', value: 1, says, basis: 'inferred', evidence: [kvm.line.at] }];
}

function nesting(capture: Capture, level: Finding | undefined): readonly Finding[] {
  const none = findMessage(capture, /^kvm \[\d+\]: HYP mode not available/);
  const runs = findMessage(
    capture,
    /^(?:kvm \[\d+\]|CPU features): (?:detected: )?((?:VHE|Hyp|Protected).* mode initialized|Protected KVM)/i,
  );
  const device = findEntries(capture, /^kvm$/, /^\/dev\b/);
  const base = { topic, id: 'nested-kvm' } as const;
  if (none !== undefined && level?.value === 'mixed') {
    const says = 'KVM cannot run: the CPUs were started at different exception levels, which is the firmware’s doing.';
    return [{ ...base, value: false, says, basis: 'read', evidence: [none.line.at, ...level.evidence] }];
  }
  if (none !== undefined) {
    const says = 'KVM cannot run inside: the hypervisor gives no EL2 (HYP mode), so no nested guests.';
    return [{ ...base, value: false, says, basis: 'read', evidence: [none.line.at] }];
  }
  if (runs !== undefined)
    return [{ ...base, value: true, says: `KVM can run: ${runs.groups[0]}.`, basis: 'read', evidence: [runs.line.at] }];
  if (device.length > 0) return [{ ...base, value: true, says: 'KVM can run: /dev/kvm is there.', basis: 'read', evidence: device }];
  if (level?.value !== 1) return [];
  return [
    { ...base, value: false, says: 'KVM cannot run inside: it would need a start at EL2.', basis: 'inferred', evidence: level.evidence },
  ];
}

/** Time that the hypervisor gave to others: it alone can tell, so that one is there. */
function stolenTime(capture: Capture): readonly Finding[] {
  const said = findMessage(capture, /^arm-pv: using stolen time PV/);
  if (said === undefined) return [];
  const says = 'A hypervisor tells how much time it took away (paravirtual stolen time).';
  return [{ topic, id: 'stolen-time', value: true, says, basis: 'read', evidence: [said.line.at] }];
}

/** How many drivers are named. */
const NAMED = 6;

/** Drivers of virtio devices that are loaded: weaker than a device, since a person can load one without. */
function virtioDrivers({ modules }: Capture): readonly Finding[] {
  const drivers = new Set(VIRTIO_ROWS.flatMap((row) => row.drivers));
  const loaded = (modules?.rows ?? []).filter(({ name }) => drivers.has(name));
  if (loaded.length === 0) return [];
  const names = `${loaded
    .slice(0, NAMED)
    .map(({ name }) => name)
    .join(' ')}${loaded.length > NAMED ? ' …' : ''}`;
  const says = `Drivers of virtio devices are loaded: ${names}. Kernels load them where such devices are, which hypervisors give.`;
  const evidence = [...new Set(loaded.map(({ at }) => at))].slice(0, 1);
  return [{ topic, id: 'virtio-drivers', value: true, says, basis: 'inferred', evidence }];
}

function iommu(capture: Capture): readonly Finding[] {
  const device = findMessage(capture, /^arm-smmu(?:-v3)? (?!\w+\.c)\S+: /);
  const groups = findMessage(capture, /: Adding to iommu group \d+/);
  const virtio = findMessage(capture, /^virtio_iommu virtio\d+/);
  const driver = [
    ...findEntries(capture, /^arm[-_]smmu/),
    ...(capture.modules?.rows ?? []).filter(({ name }) => /^arm_smmu/.test(name)).map(({ at }) => at),
  ];
  const id = 'iommu';
  const evidence = [device, virtio, groups].filter((found) => found !== undefined).map(({ line }) => line.at);
  if (device !== undefined || virtio !== undefined) {
    const kind = virtio !== undefined ? 'virtio-iommu' : device!.line.text.startsWith('arm-smmu-v3') ? 'SMMUv3' : 'SMMUv2';
    const used = groups === undefined ? '; no device is said to use it' : ', and devices lie behind it';
    return [{ topic, id, value: kind, says: `Has an IOMMU: ${kind}${used}.`, basis: 'read', evidence }];
  }
  if (driver.length > 0) {
    const says = 'The SMMU driver is there, but nothing shows an SMMU.';
    const note =
      'Most kernels have the driver built in; only a line such as "arm-smmu-v3 …: ias 44-bit" or IOMMU groups would show a device.';
    return [{ topic, id, value: 'driver only', says, basis: 'read', note, evidence: driver.slice(0, 1) }];
  }
  if (capture.messages === undefined || capture.messages.rows.length < WHOLE_LOG) return [];
  const says = 'No IOMMU shows itself in the log.';
  return [
    {
      topic,
      id,
      value: 'none seen',
      says,
      basis: 'inferred',
      evidence: [{ file: capture.messages.file, text: `${capture.messages.rows.length} lines` }],
    },
  ];
}

/** A log this long is taken for that of a whole boot, so that what is not in it did not happen. */
const WHOLE_LOG = 100;

/** What the capture says of the layer below: PSCI, exception levels, nesting and IOMMU. */
export function virtualisationFindings(capture: Capture): readonly Finding[] {
  const [level, ...rest] = bootLevel(capture);
  const levels = level === undefined ? rest : [level, ...rest];
  return [
    ...psciVersion(capture),
    ...psciConduit(capture, level),
    ...levels,
    ...nesting(capture, level),
    ...stolenTime(capture),
    ...virtioDrivers(capture),
    ...iommu(capture),
  ];
}
