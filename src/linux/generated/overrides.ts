// Generated from spec-data/linux/overrides.json by `npm run gen`. Do not edit.
import type { OverrideAliasRow, OverrideRegisterRow } from '../release/rows.ts';

export const OVERRIDE_REGISTER_ROWS: readonly OverrideRegisterRow[] = JSON.parse(`[
{"name":"id_aa64mmfr0","register":"ID_AA64MMFR0_EL1","fields":[{"name":"ecv","since":"6.13","bits":[63,60]}]},
{"name":"id_aa64mmfr1","register":"ID_AA64MMFR1_EL1","fields":[{"name":"vh","since":"5.12","bits":[11,8],"changes":[{"since":"5.14","notIn":"5.12","filter":"mmfr1_vh_filter"}]},{"name":"hafdbs","since":"7.3","bits":[3,0]}]},
{"name":"id_aa64mmfr2","register":"ID_AA64MMFR2_EL1","fields":[{"name":"varange","since":"6.9","bits":[19,16],"filter":"mmfr2_varange_filter"}]},
{"name":"id_aa64mmfr4","register":"ID_AA64MMFR4_EL1","fields":[{"name":"nv_frac","since":"7.3","bits":[23,20]}]},
{"name":"id_aa64pfr0","register":"ID_AA64PFR0_EL1","fields":[{"name":"sve","since":"6.0","bits":[35,32],"filter":"pfr0_sve_filter"},{"name":"el0","since":"6.10","bits":[3,0]},{"name":"mpam","since":"6.17","notIn":"6.14","bits":[43,40]}]},
{"name":"id_aa64pfr1","register":"ID_AA64PFR1_EL1","fields":[{"name":"bt","since":"5.12","bits":[3,0]},{"name":"mte","since":"5.15","bits":[11,8]},{"name":"sme","since":"6.0","bits":[27,24],"filter":"pfr1_sme_filter"},{"name":"gcs","since":"6.13","bits":[47,44]},{"name":"mpam_frac","since":"6.17","notIn":"6.14","bits":[19,16]}]},
{"name":"id_aa64isar1","register":"ID_AA64ISAR1_EL1","fields":[{"name":"gpi","since":"5.12","bits":[31,28]},{"name":"gpa","since":"5.12","bits":[27,24]},{"name":"api","since":"5.12","bits":[11,8]},{"name":"apa","since":"5.12","bits":[7,4]}]},
{"name":"id_aa64isar2","register":"ID_AA64ISAR2_EL1","fields":[{"name":"gpa3","since":"5.18","bits":[11,8]},{"name":"apa3","since":"5.18","bits":[15,12]},{"name":"mops","since":"6.5","bits":[19,16]},{"name":"wfxt","since":"7.3","bits":[3,0]}]},
{"name":"id_aa64smfr0","register":"ID_AA64SMFR0_EL1","fields":[{"name":"fa64","since":"6.0","bits":[63,63]},{"name":"smever","since":"6.3","bits":[59,56]}]},
{"name":"arm64_sw","fields":[{"name":"nokaslr","since":"6.5","bits":[3,0]},{"name":"hvhe","since":"6.5","bits":[7,4],"filter":"hvhe_filter"},{"name":"rodataoff","since":"6.9","bits":[11,8]}]},
{"name":"kaslr","fields":[{"name":"disabled","since":"5.12","bits":[3,0],"until":"6.5"}]}
]`);

export const OVERRIDE_ALIAS_ROWS: readonly OverrideAliasRow[] = JSON.parse(`[
{"name":"kvm-arm.mode=nvhe","since":"5.12","expands":["id_aa64mmfr1.vh=0"],"until":"6.8"},
{"name":"kvm-arm.mode=protected","since":"5.12","expands":["id_aa64mmfr1.vh=0"],"until":"6.8"},
{"name":"arm64.nobti","since":"5.12","expands":["id_aa64pfr1.bt=0"]},
{"name":"arm64.nopauth","since":"5.12","expands":["id_aa64isar1.gpi=0","id_aa64isar1.gpa=0","id_aa64isar1.api=0","id_aa64isar1.apa=0"],"changes":[{"since":"5.18","expands":["id_aa64isar1.gpi=0","id_aa64isar1.gpa=0","id_aa64isar1.api=0","id_aa64isar1.apa=0","id_aa64isar2.gpa3=0","id_aa64isar2.apa3=0"]}]},
{"name":"nokaslr","since":"5.12","expands":["kaslr.disabled=1"],"changes":[{"since":"6.5","expands":["arm64_sw.nokaslr=1"]}]},
{"name":"arm64.nomte","since":"5.15","expands":["id_aa64pfr1.mte=0"]},
{"name":"arm64.nosve","since":"6.0","expands":["id_aa64pfr0.sve=0","id_aa64pfr1.sme=0"],"changes":[{"since":"6.4","expands":["id_aa64pfr0.sve=0"]}]},
{"name":"arm64.nosme","since":"6.0","expands":["id_aa64pfr1.sme=0"]},
{"name":"arm64.nomops","since":"6.5","expands":["id_aa64isar2.mops=0"]},
{"name":"kvm_arm.mode=nvhe","since":"6.8","expands":["id_aa64mmfr1.vh=0"],"changes":[{"since":"6.10","expands":["arm64_sw.hvhe=0","id_aa64mmfr1.vh=0"]}]},
{"name":"kvm_arm.mode=protected","since":"6.8","expands":["id_aa64mmfr1.vh=0"],"changes":[{"since":"6.10","expands":["arm64_sw.hvhe=1"]}]},
{"name":"rodata=off","since":"6.9","expands":["arm64_sw.rodataoff=1"]},
{"name":"arm64.nolva","since":"6.9","expands":["id_aa64mmfr2.varange=0"]},
{"name":"arm64.no32bit_el0","since":"6.10","expands":["id_aa64pfr0.el0=1"]},
{"name":"arm64.nogcs","since":"6.13","expands":["id_aa64pfr1.gcs=0"]},
{"name":"arm64.nompam","since":"6.17","notIn":"6.14","expands":["id_aa64pfr0.mpam=0","id_aa64pfr1.mpam_frac=0"]},
{"name":"arm64.nowfxt","since":"7.3","expands":["id_aa64isar2.wfxt=0"]},
{"name":"arm64.nohaft","since":"7.3","expands":["id_aa64mmfr1.hafdbs=2"]}
]`);
