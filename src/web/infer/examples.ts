import type { Query } from '../route.ts';

/** A line that is worth a look. */
export interface InferExample {
  readonly title: string;
  readonly query: Query;
}

/** Lines to begin with. */
export const INFER_EXAMPLES: readonly InferExample[] = [
  {
    title: 'Raspberry Pi 4',
    query: [
      ['line', 'fp asimd evtstrm crc32 cpuid'],
      ['midr', '0x410fd083'],
    ],
  },
  {
    title: 'The M1 guest of the question',
    query: [
      [
        'line',
        'fp asimd evtstrm aes pmull sha1 sha2 crc32 atomics fphp asimdhp cpuid asimdrdm jscvt fcma lrcpc dcpop sha3 asimddp sha512 asimdfhm dit uscat ilrcpc flagm ssbs sb paca pacg dcpodp flagm2 frint',
      ],
    ],
  },
  {
    title: 'A server with an erratum',
    query: [
      ['line', 'fp asimd evtstrm aes pmull sha1 sha2 crc32 atomics fphp asimdhp cpuid asimdrdm lrcpc dcpop asimddp'],
      ['midr', '0x413fd0c1'],
      ['k', '6.12'],
    ],
  },
];
