/*
 * The probe: a static arm64 program without a libc that prints what a program sees of its CPUs. Its form is read by
 * src/formats/probe.ts; what it prints of which CPU is what Linux gives to EL0. As the first process it also mounts what it
 * reads, and powers the machine off.
 *
 * Every line is a key, a blank and a value. A register that traps is recorded with the signal, and the program goes on.
 */
typedef unsigned long word;
typedef unsigned char byte;

enum {
  SYS_ioctl = 29, SYS_mkdirat = 34, SYS_mount = 40, SYS_openat = 56, SYS_close = 57, SYS_read = 63, SYS_write = 64,
  SYS_exit = 93, SYS_syslog = 116, SYS_sched_setaffinity = 122, SYS_sched_getaffinity = 123, SYS_sched_yield = 124,
  SYS_rt_sigaction = 134, SYS_reboot = 142, SYS_uname = 160, SYS_prctl = 167, SYS_getcpu = 168, SYS_getpid = 172, SYS_personality = 92,
  SYS_mprotect = 226, SYS_pkey_alloc = 289, SYS_pkey_free = 290,
};
enum { SIGILL = 4, SIGTRAP = 5, SIGBUS = 7, SIGSEGV = 11, SIGSYS = 31 };
enum { TCSBRK = 0x5409 };
enum { AT_FDCWD = -100, PER_LINUX32 = 8, MAX_CPUS = 8192 };

static byte log_buffer[4 << 20];
static byte page[1 << 16] __attribute__((aligned(1 << 16)));
static byte affinity[MAX_CPUS / 8];
static byte output[4096];
static word filled;
static word line_count;

static long call(long number, long a, long b, long c, long d, long e) {
  register long x8 __asm__("x8") = number;
  register long x0 __asm__("x0") = a;
  register long x1 __asm__("x1") = b;
  register long x2 __asm__("x2") = c;
  register long x3 __asm__("x3") = d;
  register long x4 __asm__("x4") = e;
  __asm__ volatile("svc #0" : "+r"(x0) : "r"(x8), "r"(x1), "r"(x2), "r"(x3), "r"(x4) : "memory", "cc");
  return x0;
}

/* Output */

static void flush(void) {
  for (word done = 0; done < filled;) {
    long count = call(SYS_write, 1, (long)(output + done), filled - done, 0, 0);
    if (count <= 0) break;
    done += count;
  }
  filled = 0;
}

static void put(byte c) {
  if (filled == sizeof output) flush();
  output[filled++] = c;
  if (c == '\n') line_count++;
}

static void text(const char *s) {
  while (*s) put(*s++);
}

static void decimal(long value) {
  byte digits[20];
  int count = 0;
  word rest = value < 0 ? -(word)value : (word)value;
  if (value < 0) put('-');
  do digits[count++] = '0' + rest % 10;
  while (rest /= 10);
  while (count) put(digits[--count]);
}

static void hex(word value) {
  text("0x");
  for (int shift = 60; shift >= 0; shift -= 4) put("0123456789abcdef"[value >> shift & 15]);
}

static void answer(const char *name, long value) {
  text("answer ");
  text(name);
  put(' ');
  decimal(value);
  put('\n');
}

/* Registers: two instructions each, in the order of encoding_of(). A trap leaves the signal's number in x1. */

__asm__(".balign 8\n"
        "mrs_table:\n"
        ".macro one op1, crn, crm, op2\n mrs x0, S3_\\op1\\()_C\\crn\\()_C\\crm\\()_\\op2\n ret\n .endm\n"
        ".macro eight op1, crn, crm\n .irp op2, 0, 1, 2, 3, 4, 5, 6, 7\n one \\op1, \\crn, \\crm, \\op2\n .endr\n .endm\n"
        ".irp crm, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15\n eight 0, 0, \\crm\n .endr\n"
        "eight 1, 0, 0\n"
        "eight 3, 0, 0\n"
        "one 3, 14, 0, 0\n"
        "mrs_table_end:\n");
extern const byte mrs_table[], mrs_table_end[];
enum { REGISTERS = 16 * 8 + 8 + 8 + 1 };

struct reading {
  word value;
  word signal;
};

static struct reading read_register(int index) {
  register word x0 __asm__("x0") = 0;
  register word x1 __asm__("x1") = 0;
  __asm__ volatile("blr %2" : "+r"(x0), "+r"(x1) : "r"(mrs_table + 8 * index) : "x30", "memory");
  return (struct reading){x0, x1};
}

static void encoding_of(int index) {
  static const byte OP1[] = {0, 1, 3};
  int block = index < 128 ? 0 : index < 136 ? 1 : 2;
  text("S3_");
  decimal(OP1[block]);
  text(index == 144 ? "_C14_C" : "_C0_C");
  decimal(block == 0 ? index >> 3 : 0);
  put('_');
  decimal(index == 144 ? 0 : index & 7);
}

static void signal_name(word number) {
  if (number == SIGILL) text("SIGILL");
  else {
    text("signal ");
    decimal(number);
  }
}

enum { CONTEXT_X1 = 184 + 8, CONTEXT_PC = 440 };

/* Goes on behind the instruction that trapped. */
static void on_signal(int number, void *info, byte *context) {
  word *pc = (word *)(context + CONTEXT_PC);
  (void)info;
  if (*pc < (word)mrs_table || *pc >= (word)mrs_table_end) {
    text("signal ");
    decimal(number);
    put('\n');
    flush();
    call(SYS_exit, 1, 0, 0, 0, 0);
  }
  *(word *)(context + CONTEXT_X1) = number;
  *pc += 4;
}

__asm__("restorer:\n mov x8, #139\n svc #0\n");
extern const byte restorer[];

static void catch_signals(void) {
  enum { SA_SIGINFO = 4, SA_RESTORER = 0x04000000 };
  const struct {
    void (*handler)(int, void *, byte *);
    word flags;
    const byte *restorer;
    word mask;
  } action = {on_signal, SA_SIGINFO | SA_RESTORER, restorer, 0};
  static const byte SIGNALS[] = {SIGILL, SIGTRAP, SIGBUS, SIGSEGV, SIGSYS};
  for (word i = 0; i < sizeof SIGNALS; i++) call(SYS_rt_sigaction, SIGNALS[i], (long)&action, 0, 8, 0);
}

/* Files */

static long open_file(const char *path) {
  return call(SYS_openat, AT_FDCWD, (long)path, 0, 0, 0);
}

/* Writes a file line by line, each behind a key. */
static void copy_file(const char *key, const char *path) {
  byte chunk[1024];
  byte last = '\n';
  long count, file = open_file(path);
  if (file < 0) return;
  while ((count = call(SYS_read, file, (long)chunk, sizeof chunk, 0, 0)) > 0) {
    for (long i = 0; i < count; i++) {
      if (last == '\n') {
        text(key);
        put(' ');
      }
      put(last = chunk[i]);
    }
  }
  if (last != '\n') put('\n');
  call(SYS_close, file, 0, 0, 0, 0);
}

static char *append(char *to, const char *s) {
  while (*s) *to++ = *s++;
  return to;
}

static void copy_identification(word cpu, const char *name) {
  char path[96];
  char digits[8];
  int count = 0;
  char *end = append(path, "/sys/devices/system/cpu/cpu");
  do digits[count++] = '0' + cpu % 10;
  while (cpu /= 10);
  while (count) *end++ = digits[--count];
  end = append(append(end, "/regs/identification/"), name);
  *end = 0;
  copy_file(name, path);
}

/* CPUs */

static void print_reading(int index, struct reading read) {
  encoding_of(index);
  put(' ');
  if (read.signal) signal_name(read.signal);
  else hex(read.value);
  put('\n');
}

/* All registers of the first CPU; of another one those that are not the same. */
static void print_cpu(word cpu, struct reading *first, int is_first) {
  text("cpu ");
  decimal(cpu);
  put('\n');
  for (int i = 0; i < REGISTERS; i++) {
    struct reading read = read_register(i);
    if (is_first) first[i] = read;
    if (is_first || read.signal != first[i].signal || read.value != first[i].value) print_reading(i, read);
  }
  copy_identification(cpu, "midr_el1");
  copy_identification(cpu, "revidr_el1");
  copy_identification(cpu, "smidr_el1");
  copy_identification(cpu, "aidr_el1");
}

static void print_cpus(void) {
  static struct reading first[REGISTERS];
  static byte own[MAX_CPUS / 8];
  int is_first = 1;
  long size = call(SYS_sched_getaffinity, 0, sizeof affinity, (long)affinity, 0, 0);
  for (word cpu = 0; size > 0 && cpu < (word)size * 8; cpu++) {
    if (!(affinity[cpu >> 3] >> (cpu & 7) & 1)) continue;
    own[cpu >> 3] = 1 << (cpu & 7);
    unsigned runs_on = -1;
    long moved = call(SYS_sched_setaffinity, 0, sizeof own, (long)own, 0, 0);
    own[cpu >> 3] = 0;
    if (moved == 0) moved = call(SYS_getcpu, (long)&runs_on, 0, 0, 0, 0);
    if (moved < 0) {
      text("cpu-not-reached ");
      decimal(cpu);
      put('\n');
      continue;
    }
    if (runs_on != cpu) {
      text("cpu-not-kept ");
      decimal(cpu);
      put('\n');
    }
    print_cpu(cpu, first, is_first);
    is_first = 0;
  }
  if (is_first) print_cpu(0, first, 1);
  if (size > 0) call(SYS_sched_setaffinity, 0, size, (long)affinity, 0, 0);
}

/* Answers of the kernel */

static void print_lengths(const char *key, long set, long get) {
  long before = call(SYS_prctl, get, 0, 0, 0, 0);
  if (before < 0) return;
  text(key);
  for (long bytes = 16; bytes <= 256; bytes += 16) {
    long got = call(SYS_prctl, set, bytes, 0, 0, 0);
    if (got >= 0 && (got & 0xffff) == bytes) {
      put(' ');
      decimal(bytes);
    }
  }
  put('\n');
  call(SYS_prctl, set, before & 0xffff, 0, 0, 0);
}

/* Whether PACIASP changes a return address: it does nothing where the keys are off or there is no pointer authentication. */
static long signs_pointers(void) {
  for (word pointer = 0x1000; pointer < 0x5000; pointer += 0x1000) {
    word given = pointer;
    __asm__ volatile("mov x9, x30\n mov x30, %0\n hint #25\n mov %0, x30\n mov x30, x9\n" : "+r"(given) : : "x9", "x30");
    if (given != pointer) return 1;
  }
  return 0;
}

static void print_answers(void) {
  enum { READ_WRITE = 3, PROT_BTI = 16, PROT_MTE = 32, TAGGED_SYNC = 3 };
  word status = 0;
  answer("PR_SVE_GET_VL", call(SYS_prctl, 51, 0, 0, 0, 0));
  answer("PR_SME_GET_VL", call(SYS_prctl, 64, 0, 0, 0, 0));
  print_lengths("sve", 50, 51);
  print_lengths("sme", 63, 64);
  answer("PR_PAC_GET_ENABLED_KEYS", call(SYS_prctl, 61, 0, 0, 0, 0));
  answer("PACIASP", signs_pointers());
  answer("PR_GET_TAGGED_ADDR_CTRL", call(SYS_prctl, 56, 0, 0, 0, 0));
  answer("PR_MTE_TCF_SYNC", call(SYS_prctl, 55, TAGGED_SYNC, 0, 0, 0));
  call(SYS_prctl, 55, 0, 0, 0, 0);
  answer("PROT_MTE", call(SYS_mprotect, (long)page, sizeof page, READ_WRITE | PROT_MTE, 0, 0));
  answer("PROT_BTI", call(SYS_mprotect, (long)page, sizeof page, READ_WRITE | PROT_BTI, 0, 0));
  answer("PR_GET_SHADOW_STACK_STATUS", call(SYS_prctl, 74, (long)&status, 0, 0, 0));
  long key = call(SYS_pkey_alloc, 0, 0, 0, 0, 0);
  answer("PKEY_ALLOC", key);
  if (key > 0) call(SYS_pkey_free, key, 0, 0, 0, 0);
}

static void print_cpuinfo(void) {
  copy_file("cpuinfo", "/proc/cpuinfo");
  long before = call(SYS_personality, 0xffffffff, 0, 0, 0, 0);
  if (before < 0 || call(SYS_personality, PER_LINUX32, 0, 0, 0, 0) < 0) return;
  copy_file("cpuinfo32", "/proc/cpuinfo");
  call(SYS_personality, before, 0, 0, 0, 0);
}

/* The log */

static int contains(const byte *line, const byte *end, const char *word) {
  for (; line < end; line++) {
    const char *w = word;
    const byte *at = line;
    while (*w && at < end && *at == *w) at++, w++;
    if (!*w) return 1;
  }
  return 0;
}

static int is_about_cpus(const byte *line, const byte *end) {
  static const char WORDS[][16] = {"CPU",  "Linux version", "ommand line", "SVE:",  "SME:",          "hw-breakpoint", "kvm",
                                   "psci", "arch_timer",    "KASLR",       "I-cache",       "Machine model", "mitigation",    "smp:"};
  for (word i = 0; i < sizeof WORDS / sizeof *WORDS; i++)
    if (contains(line, end, WORDS[i])) return 1;
  return 0;
}

static void print_log(void) {
  enum { READ_ALL = 3 };
  long size = call(SYS_syslog, READ_ALL, (long)log_buffer, sizeof log_buffer, 0, 0);
  if (size < 0) {
    answer("SYSLOG", size);
    return;
  }
  for (const byte *line = log_buffer, *all = log_buffer + size; line < all;) {
    const byte *end = line;
    while (end < all && *end != '\n') end++;
    if (is_about_cpus(line, end)) {
      text("log ");
      while (line < end) put(*line++);
      put('\n');
    }
    line = end + 1;
  }
}

/* The program */

static void print_system(const word *auxv) {
  static const byte PLATFORM = 15, BASE_PLATFORM = 24, RANDOM = 25, EXECFN = 31;
  static char names[6][65];
  if (call(SYS_uname, (long)names, 0, 0, 0, 0) == 0) {
    text("uname ");
    text(names[0]);
    put(' ');
    text(names[2]);
    put(' ');
    text(names[3]);
    put(' ');
    text(names[4]);
    put('\n');
  }
  for (; auxv[0]; auxv += 2) {
    if (auxv[0] == RANDOM || auxv[0] == EXECFN) continue;
    text("auxv ");
    decimal(auxv[0]);
    put(' ');
    if (auxv[0] == PLATFORM || auxv[0] == BASE_PLATFORM) text((const char *)auxv[1]);
    else hex(auxv[1]);
    put('\n');
  }
}

static void prepare_as_first(void) {
  call(SYS_mkdirat, AT_FDCWD, (long)"/proc", 0755, 0, 0);
  call(SYS_mkdirat, AT_FDCWD, (long)"/sys", 0755, 0, 0);
  call(SYS_mount, (long)"proc", (long)"/proc", (long)"proc", 0, 0);
  call(SYS_mount, (long)"sysfs", (long)"/sys", (long)"sysfs", 0, 0);
  /* The console is for what is printed here. */
  call(SYS_syslog, 8, 0, 1, 0, 0);
}

void probe(const word *stack) {
  word arguments = stack[0];
  const word *environment = stack + 1 + arguments + 1;
  while (*environment) environment++;
  const word *auxv = environment + 1;
  /* The first process of a container has a /proc already, and a machine that is not its own to power off. */
  int is_first = call(SYS_getpid, 0, 0, 0, 0, 0) == 1 && open_file("/proc/version") < 0;
  if (is_first) prepare_as_first();
  catch_signals();
  text("armlens-probe 1\n");
  print_system(auxv);
  print_cpus();
  print_answers();
  print_cpuinfo();
  copy_file("online", "/sys/devices/system/cpu/online");
  copy_file("tainted", "/proc/sys/kernel/tainted");
  print_log();
  text("end ");
  decimal(line_count);
  put('\n');
  flush();
  if (is_first) {
    /* A machine that is powered off takes along what its console has not sent yet. */
    call(SYS_ioctl, 1, TCSBRK, 1, 0, 0);
    call(SYS_reboot, 0xfee1deadL, 672274793, 0x4321fedc, 0, 0);
  }
  call(SYS_exit, 0, 0, 0, 0, 0);
}

__asm__(".globl _start\n_start:\n mov x29, #0\n mov x30, #0\n mov x0, sp\n b probe\n");
