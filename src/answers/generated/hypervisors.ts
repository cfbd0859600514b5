// Generated from spec-data/guest/ by `npm run gen`. Do not edit.

import type { BuiltInTemplate, Hypervisor, VmmRow } from '../guest/tables.ts';

/** From hypervisors.json, in its order. */
export const HYPERVISOR_ROWS: readonly Hypervisor[] = [
  {"id":"parallels","name":"Parallels Desktop","host":"Apple silicon"},
  {"id":"vmware","name":"VMware (Fusion, ESXi)"},
  {"id":"virtualbox","name":"VirtualBox","host":"Apple silicon"},
  {"id":"apple-virtualization","name":"Apple Virtualization.framework","host":"Apple silicon"},
  {"id":"qemu","name":"QEMU","kvm":true},
  {"id":"firecracker","name":"Firecracker","kvm":true},
  {"id":"crosvm","name":"crosvm","kvm":true},
  {"id":"cloud-hypervisor","name":"Cloud Hypervisor","kvm":true},
  {"id":"hyper-v","name":"Hyper-V (Windows, Azure)"},
  {"id":"xen","name":"Xen"},
  {"id":"jailhouse","name":"Jailhouse"},
  {"id":"nitro","name":"AWS Nitro","kvm":true},
  {"id":"google","name":"Google Compute Engine","kvm":true},
];

/** From templates.json, in its order. */
export const TEMPLATE_ROWS: readonly BuiltInTemplate[] = [
  {"name":"V1N1","vmm":"firecracker","means":"a Neoverse V1 as a Neoverse N1","registers":{"ID_AA64PFR0_EL1":{"mask":"0x000f000f00000000","value":"0x0000000000000000"},"ID_AA64ISAR0_EL1":{"mask":"0xf0ff0fff0000f000","value":"0x0000000000001000"},"ID_AA64ISAR1_EL1":{"mask":"0x00fff00000fff00f","value":"0x0000000000100001"},"ID_AA64MMFR2_EL1":{"mask":"0x0000000f00000000","value":"0x0000000000000000"}}},
];

/** From vmms.json, in its order. */
export const VMM_ROWS: readonly VmmRow[] = [
  {"vmm":"qemu","trait":"sve","asks":"by-itself","how":"-cpu host,sve=on"},
  {"vmm":"qemu","trait":"pauth","asks":"by-itself","how":"-cpu host,pauth=on"},
  {"vmm":"qemu","trait":"pmu","asks":"by-itself","how":"-cpu host,pmu=on"},
  {"vmm":"qemu","trait":"mte","asks":"on-demand","how":"-machine virt,mte=on"},
  {"vmm":"qemu","trait":"el2","asks":"on-demand","how":"-machine virt,virtualization=on"},
  {"vmm":"qemu","trait":"aarch32","asks":"on-demand","how":"-cpu host,aarch64=off"},
  {"vmm":"firecracker","trait":"sve","asks":"on-demand","how":"a custom CPU template with vcpu_features"},
  {"vmm":"firecracker","trait":"pauth","asks":"on-demand","how":"a custom CPU template with vcpu_features"},
  {"vmm":"firecracker","trait":"pmu","asks":"never"},
  {"vmm":"firecracker","trait":"impid","asks":"by-itself","how":"August 2026 or newer"},
  {"vmm":"libkrun","trait":"sve","asks":"by-itself","how":"September 2026 or newer"},
  {"vmm":"libkrun","trait":"pauth","asks":"by-itself"},
];
