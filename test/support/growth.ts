/** By how much the larger input is larger. */
const TIMES = 32;
/** What is linear grows {@link TIMES}-fold, what is quadratic by its square. Caches and the
 * collection of garbage make the large one dearer by some, so that the limit stands between. */
const LIMIT = 6 * TIMES;
/** So often both are measured, unless fewer tell already. */
const ROUNDS = 9;

/** The microseconds of processor time that a piece of work takes; what else runs on the machine does not count. */
async function cost(work: () => unknown): Promise<number> {
  const began = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(began);
  return user + system;
}

/**
 * Whether work grows about in proportion to its input: the same work is done for an input and for one 32 times as large, in turns,
 * and the least costs of the two are compared. No clock on the wall is asked, and no limit is a time.
 *
 * @param make Makes an input of a size.
 * @param size The smaller size. What is quadratic must take a while at 32 times this.
 */
export async function growsLinearly<T>(work: (input: T) => unknown, make: (size: number) => T, size: number): Promise<boolean> {
  const [small, large] = [make(size), make(size * TIMES)];
  let least = await cost(() => work(small));
  let most = Number.POSITIVE_INFINITY;
  for (let round = 0; round < ROUNDS; round++) {
    most = Math.min(most, await cost(() => work(large)));
    // What is done for the first time is dear, and would let anything pass.
    least = Math.min(least, await cost(() => work(small)));
    if (most <= LIMIT * Math.max(least, 1)) return true;
  }
  return false;
}
