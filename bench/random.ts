/** 64-bit values without a pattern, the same in every run (xorshift64*). */
export function randomWords(count: number, seed: bigint = 0x9e37_79b9_7f4a_7c15n): readonly bigint[] {
  let state = seed;
  return Array.from({ length: count }, () => {
    state ^= state >> 12n;
    state = BigInt.asUintN(64, state ^ (state << 25n));
    state ^= state >> 27n;
    return BigInt.asUintN(64, state * 0x2545_f491_4f6c_dd1dn);
  });
}
