/** What stands around the functions in C: it reads rows, runs a task in samples of about a millisecond, prints ns a call. */
export const MAIN_SOURCE: { readonly head: string; readonly main: string } = {
  head: `#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
`,
  main: `
static uint64_t sum(const uint64_t *rows, long count) {
  uint64_t s = 0;
  for (long i = 0; i < count * W; i++) s += rows[i];
  return s;
}
static uint64_t *rows, *out;
static long count, cpus;
static const char *task;
static void call(void) {
  if (!strcmp(task, "straight")) derive_straight(rows, out, count);
  else if (!strcmp(task, "loop")) derive_loop(rows, out, count);
  else if (!strcmp(task, "sanitise")) sanitise(rows, out, count, cpus);
  else out[0] = sum(rows, count * cpus);
}
static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1e9 + t.tv_nsec;
}
static int ascending(const void *a, const void *b) {
  double d = *(const double *)a - *(const double *)b;
  return d < 0 ? -1 : d > 0;
}
int main(int argc, char **argv) {
  if (argc != 7) return 2;
  task = argv[1];
  count = atol(argv[3]);
  cpus = atol(argv[4]);
  long samples = atol(argv[6]);
  long outs = !strcmp(task, "sum") ? 1 : !strcmp(task, "sanitise") ? count * W : count * 3;
  size_t bytes = (size_t)(count * cpus) * W * 8;
  rows = malloc(bytes + 8);
  out = calloc(outs + 1, 8);
  FILE *file = fopen(argv[2], "rb");
  if (!file || fread(rows, 1, bytes, file) != bytes) return 3;
  fclose(file);
  double begin = now();
  call();
  long calls = 1 + (long)(1e6 / (now() - begin + 1));
  double *times = calloc(samples, sizeof *times);
  for (long k = 0; k < samples; k++) {
    begin = now();
    for (long n = 0; n < calls; n++) {
      call();
      __asm__ volatile("" ::: "memory");
    }
    times[k] = (now() - begin) / calls;
  }
  qsort(times, samples, sizeof *times, ascending);
  printf("%.6f\\n", times[samples / 10]);
  file = fopen(argv[5], "wb");
  if (!file || fwrite(out, 8, outs, file) != (size_t)outs) return 4;
  return fclose(file) ? 4 : 0;
}
`,
};
