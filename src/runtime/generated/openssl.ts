// Generated from spec-data/runtime/openssl.json by `npm run gen`. Do not edit.
import type { ProgramRow } from '../runtime-rows.ts';

/** OpenSSL: what it concludes. */
export const OPENSSL: ProgramRow = {
  "name": "openssl",
  "title": "OpenSSL",
  "versions": [
    "3.0",
    "3.5",
    "3.6",
  ],
  "builds": "Debian openssl 3.0.20, 3.5.9, 3.6.5 (`openssl info -cpusettings`)",
  "reads": "AT_HWCAP and AT_HWCAP2; MIDR_EL1 by MRS on the CPU of the first use, where the cpuid hwcap is set",
  "note": "OPENSSL_armcap, as `openssl info -cpusettings` prints it. The environment variable OPENSSL_armcap replaces all of it.",
  "answers": [
    {"kind":"bits","rows":[{"name":"NEON","bit":0,"when":{"hwcap":"asimd"}},{"name":"AES","bit":2,"when":{"all":[{"name":"NEON"},{"hwcap":"aes"}]}},{"name":"SHA1","bit":3,"when":{"all":[{"name":"NEON"},{"hwcap":"sha1"}]}},{"name":"SHA256","bit":4,"when":{"all":[{"name":"NEON"},{"hwcap":"sha2"}]}},{"name":"PMULL","bit":5,"when":{"all":[{"name":"NEON"},{"hwcap":"pmull"}]}},{"name":"SHA512","bit":6,"when":{"all":[{"name":"NEON"},{"hwcap":"sha512"}]}},{"name":"CPUID","bit":7,"when":{"all":[{"name":"NEON"},{"hwcap":"cpuid"}]}},{"name":"RNG","in":["3.5","3.6"],"bit":8,"when":{"hwcap":"rng"}},{"name":"SM3","in":["3.5","3.6"],"bit":9,"when":{"all":[{"name":"NEON"},{"hwcap":"sm3"}]}},{"name":"SM4","in":["3.5","3.6"],"bit":10,"when":{"all":[{"name":"NEON"},{"hwcap":"sm4"}]}},{"name":"SHA3","in":["3.5","3.6"],"bit":11,"when":{"all":[{"name":"NEON"},{"hwcap":"sha3"}]}},{"name":"UNROLL8_EOR3","in":["3.5"],"bit":12,"when":{"all":[{"name":"SHA3"},{"midr":["0x41 0xd40","0x41 0xd49","0x41 0xd4f","0x6d 0xd49","0xc0 *"],"architecture":"0xf"}]}},{"name":"UNROLL8_EOR3","in":["3.6"],"bit":12,"when":{"all":[{"name":"SHA3"},{"midr":["0x41 0xd40","0x41 0xd49","0x41 0xd4f","0x41 0xd8e","0x41 0xd84","0x6d 0xd49","0x51 0x001","0xc0 *"],"architecture":"0xf"}]}},{"name":"SVE","in":["3.5","3.6"],"bit":13,"when":{"hwcap":"sve"}},{"name":"SVE2","in":["3.5","3.6"],"bit":14,"when":{"hwcap":"sve2"}},{"name":"HAVE_SHA3_AND_WORTH_USING","in":["3.5"],"bit":15,"when":{"all":[{"name":"SHA3"},{"midr":["0x61 0x022","0x61 0x023","0x61 0x024","0x61 0x025","0x61 0x028","0x61 0x029","0x61 0x032","0x61 0x033","0x61 0x034","0x61 0x035","0x61 0x038","0x61 0x039"],"architecture":"0xf"}]}},{"name":"HAVE_SHA3_AND_WORTH_USING","in":["3.6"],"bit":15,"when":{"all":[{"name":"SHA3"},{"midr":["0x61 0x022","0x61 0x023","0x61 0x024","0x61 0x025","0x61 0x028","0x61 0x029","0x61 0x032","0x61 0x033","0x61 0x034","0x61 0x035","0x61 0x038","0x61 0x039","0x51 0x001"],"architecture":"0xf"}]}},{"name":"UNROLL12_EOR3","in":["3.5"],"bit":16,"when":{"all":[{"name":"SHA3"},{"midr":["0x41 0xd40","0x41 0xd4f","0xc0 *"],"architecture":"0xf"}]}},{"name":"UNROLL12_EOR3","in":["3.6"],"bit":16,"when":{"all":[{"name":"SHA3"},{"midr":["0x41 0xd40","0x41 0xd4f","0x41 0xd84","0xc0 *"],"architecture":"0xf"}]}}]},
  ],
};
