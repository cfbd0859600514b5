// Generated from spec-data/runtime/glibc.json by `npm run gen`. Do not edit.
import type { ProgramRow } from '../runtime-rows.ts';

/** glibc: what it concludes. */
export const GLIBC: ProgramRow = {
  "name": "glibc",
  "title": "glibc",
  "versions": [
    "2.36",
    "2.41",
    "2.43",
  ],
  "builds": "Debian libc6 2.36-9+deb12u14, 2.41-12+deb13u5, 2.43-7",
  "reads": "AT_HWCAP and AT_HWCAP2, MIDR_EL1 by MRS on the CPU on which the process starts, DCZID_EL0; from 2.41 on also the release that uname tells",
  "note": "Which implementation of a string function is chosen. memmove goes with memcpy, but stays generic where memcpy is oryon1. There are no folders under glibc-hwcaps for AArch64. The tunable glibc.cpu.name stands in for MIDR_EL1.",
  "answers": [
    {"name":"memcpy","kind":"first","rows":[{"name":"mops","when":{"hwcap":"mops"}},{"name":"a64fx","when":{"all":[{"hwcap":"sve"},{"midr":["0x46 0x001"]}]}},{"name":"sve","in":["2.36"],"when":{"hwcap":"sve"}},{"name":"sve","in":["2.41","2.43"],"when":{"all":[{"hwcap":"sve"},{"kernel":"6.2"}]}},{"name":"generic","in":["2.41","2.43"],"when":{"hwcap":"sve"}},{"name":"thunderx","in":["2.36"],"when":{"midr":["0x43 0x0a1"]}},{"name":"thunderx2","in":["2.36"],"when":{"midr":["0x43 0x0af","0x42 0x516"]}},{"name":"oryon1","in":["2.41","2.43"],"when":{"midr":["0x51 0x001","0x51 0x002 0x0"]}},{"name":"generic"}]},
    {"name":"memset","kind":"first","rows":[{"name":"mops","when":{"hwcap":"mops"}},{"name":"a64fx","when":{"all":[{"hwcap":"sve"},{"midr":["0x46 0x001"]},{"zva":256}]}},{"name":"sve_zva64","in":["2.36"],"when":{"all":[{"hwcap":"sve"},{"zva":64}]}},{"name":"sve_zva64","in":["2.41","2.43"],"when":{"all":[{"hwcap":"sve"},{"zva":64},{"kernel":"6.2"}]}},{"name":"oryon1","in":["2.41","2.43"],"when":{"all":[{"midr":["0x51 0x001","0x51 0x002 0x0"]},{"zva":64}]}},{"name":"generic","in":["2.41","2.43"],"when":{"midr":["0x51 0x001","0x51 0x002 0x0"]}},{"name":"kunpeng","when":{"midr":["0x48 0xd01"]}},{"name":"emag","when":{"midr":["0x50 0x000"]}},{"name":"zva64","when":{"zva":64}},{"name":"generic"}]},
    {"name":"memchr","kind":"first","rows":[{"name":"nosimd","when":{"midr":["0x50 0x000"]}},{"name":"generic"}]},
    {"name":"strlen","kind":"first","rows":[{"name":"mte","when":{"hwcap":"mte"}},{"name":"asimd"}]},
    {"name":"legacyHwcapDirs","kind":"names","in":["2.36"],"rows":[{"name":"aarch64"},{"name":"tls"},{"name":"atomics","when":{"hwcap":"atomics"}}]},
  ],
};
