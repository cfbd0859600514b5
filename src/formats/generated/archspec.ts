// Generated from spec-data/formats/archspec-targets.json by `npm run gen`. Do not edit.

import type { ArchspecTarget } from '../archspec.ts';

/** Targets of archspec by their names. */
export const ARCHSPEC_TARGETS: ReadonlyMap<string, ArchspecTarget> = new Map([
  ['thunderx2', { implementer: 0x43, hwcaps: ["fp","asimd","evtstrm","aes","pmull","sha1","sha2","crc32","atomics","cpuid","asimdrdm"] }],
  ['a64fx', { implementer: 0x46, hwcaps: ["fp","asimd","evtstrm","sha1","sha2","crc32","atomics","cpuid","asimdrdm","fphp","asimdhp","fcma","dcpop","sve"] }],
  ['cortex_a72', { implementer: 0x41, hwcaps: ["fp","asimd","evtstrm","aes","pmull","sha1","sha2","crc32","cpuid"] }],
  ['graviton', { implementer: 0x41, hwcaps: ["fp","asimd","evtstrm","aes","pmull","sha1","sha2","crc32","cpuid"] }],
  ['neoverse_n1', { implementer: 0x41, hwcaps: ["fp","asimd","evtstrm","aes","pmull","sha1","sha2","crc32","atomics","fphp","asimdhp","cpuid","asimdrdm","lrcpc","dcpop","asimddp"] }],
  ['graviton2', { implementer: 0x41, hwcaps: ["fp","asimd","evtstrm","aes","pmull","sha1","sha2","crc32","atomics","fphp","asimdhp","cpuid","asimdrdm","lrcpc","dcpop","asimddp"] }],
  ['neoverse_v1', { implementer: 0x41, hwcaps: ["fp","asimd","evtstrm","aes","pmull","sha1","sha2","crc32","atomics","fphp","asimdhp","cpuid","asimdrdm","jscvt","fcma","lrcpc","dcpop","sha3","asimddp","sha512","sve","asimdfhm","dit","uscat","ilrcpc","flagm","dcpodp","svei8mm","svebf16","i8mm","bf16","dgh","rng"] }],
  ['graviton3', { implementer: 0x41, hwcaps: ["fp","asimd","evtstrm","aes","pmull","sha1","sha2","crc32","atomics","fphp","asimdhp","cpuid","asimdrdm","jscvt","fcma","lrcpc","dcpop","sha3","asimddp","sha512","sve","asimdfhm","dit","uscat","ilrcpc","flagm","dcpodp","svei8mm","svebf16","i8mm","bf16","dgh","rng"] }],
  ['neoverse_v2', { implementer: 0x41, hwcaps: ["fp","asimd","evtstrm","aes","pmull","sha1","sha2","crc32","atomics","fphp","asimdhp","cpuid","asimdrdm","jscvt","fcma","lrcpc","dcpop","sha3","asimddp","sha512","sve","asimdfhm","uscat","ilrcpc","flagm","sb","dcpodp","sve2","flagm2","frint","svei8mm","svebf16","i8mm","bf16"] }],
  ['neoverse_n2', { implementer: 0x41, hwcaps: ["fp","asimd","evtstrm","aes","pmull","sha1","sha2","crc32","atomics","fphp","asimdhp","cpuid","asimdrdm","jscvt","fcma","lrcpc","dcpop","sha3","asimddp","sha512","sve","asimdfhm","uscat","ilrcpc","flagm","sb","dcpodp","sve2","flagm2","frint","svei8mm","svebf16","i8mm","bf16"] }],
  ['m1', { implementer: 0x61, hwcaps: ["fp","asimd","evtstrm","aes","pmull","sha1","sha2","crc32","atomics","fphp","asimdhp","cpuid","asimdrdm","jscvt","fcma","lrcpc","dcpop","sha3","asimddp","sha512","asimdfhm","dit","uscat","ilrcpc","flagm","ssbs","sb","paca","pacg","dcpodp","flagm2","frint"] }],
  ['m2', { implementer: 0x61, hwcaps: ["fp","asimd","evtstrm","aes","pmull","sha1","sha2","crc32","atomics","fphp","asimdhp","cpuid","asimdrdm","jscvt","fcma","lrcpc","dcpop","sha3","asimddp","sha512","asimdfhm","dit","uscat","ilrcpc","flagm","ssbs","sb","paca","pacg","dcpodp","flagm2","frint","ecv","bf16","i8mm","bti"] }],
]);
