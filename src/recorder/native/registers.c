/*
 * Boots instead of a kernel and prints the ID registers as a kernel reads them, at the exception level at which it is entered. For
 * QEMU's machine `virt`: its serial port is written to, and PSCI powers it off. The form is that of probe.c.
 */
typedef unsigned long word;
typedef unsigned char byte;

#define UART ((volatile unsigned *)0x09000000)
enum { UART_DATA = 0, UART_FLAGS = 0x18 / 4, UART_LINE = 0x2c / 4, UART_CONTROL = 0x30 / 4, UART_FULL = 1 << 5 };

static word line_count;

static void put(byte c) {
  while (UART[UART_FLAGS] & UART_FULL) {}
  UART[UART_DATA] = c;
  if (c == '\n') line_count++;
}

static void text(const char *s) {
  while (*s) put(*s++);
}

static void decimal(word value) {
  byte digits[20];
  int count = 0;
  do digits[count++] = '0' + value % 10;
  while (value /= 10);
  while (count) put(digits[--count]);
}

static void hex(word value) {
  text("0x");
  for (int shift = 60; shift >= 0; shift -= 4) put("0123456789abcdef"[value >> shift & 15]);
}

static void line(const char *key, word value) {
  text(key);
  put(' ');
  hex(value);
  put('\n');
}

/* An instruction that may trap, as a function: x0 in and out; the handler of exceptions sets x1 and goes on. */
#define STEP(name, instruction) \
  __asm__(".text\n .balign 8\n" #name ": " instruction "\n ret\n"); \
  extern const byte name[];

struct reading {
  word value;
  word trapped;
};

static struct reading step(const byte *at, word in) {
  register word x0 __asm__("x0") = in;
  register word x1 __asm__("x1") = 0;
  __asm__ volatile("blr %2" : "+r"(x0), "+r"(x1) : "r"(at) : "x2", "x3", "x30", "memory");
  return (struct reading){x0, x1};
}

/* The ID space: CRm 0 to 7; then op1 1; then single registers. Eight bytes each. */
__asm__(".text\n .balign 8\n"
        "id_space:\n"
        ".irp crm, 0, 1, 2, 3, 4, 5, 6, 7\n .irp op2, 0, 1, 2, 3, 4, 5, 6, 7\n"
        " mrs x0, S3_0_C0_C\\crm\\()_\\op2\n ret\n .endr\n .endr\n"
        ".irp op2, 0, 1, 2, 3, 4, 5, 6, 7\n mrs x0, S3_1_C0_C0_\\op2\n ret\n .endr\n"
        "singles:\n"
        " mrs x0, S3_3_C0_C0_1\n ret\n mrs x0, S3_3_C0_C0_7\n ret\n mrs x0, S3_3_C14_C0_0\n ret\n"
        " mrs x0, S3_0_C10_C4_4\n ret\n mrs x0, S3_4_C12_C11_1\n ret\n mrs x0, S3_0_C9_C14_6\n ret\n"
        " mrs x0, S3_0_C5_C3_0\n ret\n mrs x0, S3_0_C10_C4_7\n ret\n mrs x0, S3_3_C9_C12_6\n ret\n mrs x0, S3_3_C9_C12_7\n ret\n");
extern const byte id_space[], singles[];

STEP(read_midr_el, "mrs x0, CurrentEL")
STEP(set_cpacr, "msr CPACR_EL1, x0")
STEP(set_cptr, "msr CPTR_EL2, x0")
STEP(get_hcr, "mrs x0, HCR_EL2")
STEP(set_sre, "msr S3_4_C12_C9_5, x0")
STEP(set_zcr1, "msr S3_0_C1_C2_0, x0")
STEP(set_zcr2, "msr S3_4_C1_C2_0, x0")
STEP(set_smcr1, "msr S3_0_C1_C2_6, x0")
STEP(set_smcr2, "msr S3_4_C1_C2_6, x0")
STEP(rdvl, ".inst 0x04bf5020")
STEP(rdsvl, ".inst 0x04bf5820")

static void print_reading(struct reading read) {
  put(' ');
  if (read.trapped) text("trap");
  else hex(read.value);
  put('\n');
}

static void print_space(const char *stem, const byte *at, int rows) {
  for (int i = 0; i < rows * 8; i++) {
    text(stem);
    decimal(i >> 3);
    put('_');
    decimal(i & 7);
    print_reading(step(at + 8 * i, 0));
  }
}

static void print_registers(void) {
  static const char SINGLES[][16] = {"S3_3_C0_C0_1",  "S3_3_C0_C0_7", "S3_3_C14_C0_0", "S3_0_C10_C4_4", "S3_4_C12_C11_1",
                                     "S3_0_C9_C14_6", "S3_0_C5_C3_0", "S3_0_C10_C4_7", "S3_3_C9_C12_6", "S3_3_C9_C12_7"};
  print_space("S3_0_C0_C", id_space, 8);
  print_space("S3_1_C0_C", id_space + 64 * 8, 1);
  for (word i = 0; i < sizeof SINGLES / sizeof *SINGLES; i++) {
    text(SINGLES[i]);
    print_reading(step(singles + 8 * i, 0));
  }
}

/* Asks for each length; a length that is not there gives the next shorter one. */
static void print_lengths(const char *key, const byte *set, const byte *get) {
  if (step(get, 0).trapped) return;
  text(key);
  for (word length = 0; length < 16; length++) {
    step(set, length);
    word bytes = step(get, 0).value;
    if (bytes != (length + 1) * 16) continue;
    put(' ');
    decimal(bytes);
  }
  put('\n');
}

static void allow_vectors(int el) {
  const word OPEN = 3 << 16 | 3 << 20 | 3 << 24;
  if (el == 1) step(set_cpacr, OPEN);
  /* With HCR_EL2.E2H the register has the layout of CPACR_EL1. */
  else step(set_cptr, step(get_hcr, 0).value >> 34 & 1 ? OPEN : 0x22ff);
  __asm__ volatile("isb");
}

/* The firmware */

STEP(hvc, "hvc #0")
STEP(smc, "smc #0")

static struct reading firmware(int el, word function, word argument) {
  register word x0 __asm__("x0") = function;
  register word x1 __asm__("x1") = argument;
  register word x2 __asm__("x2") = 0;
  register word x3 __asm__("x3") = 0;
  __asm__ volatile("blr %4" : "+r"(x0), "+r"(x1), "+r"(x2), "+r"(x3) : "r"(el == 1 ? hvc : smc) : "x30", "memory");
  return (struct reading){x0, x0 == function};
}

static void print_firmware(int el) {
  enum { PSCI_FEATURES = 0x8400000a, SMCCC_VERSION = 0x80000000, ARCH_FEATURES = 0x80000001 };
  struct reading asked = firmware(el, (unsigned)PSCI_FEATURES, (unsigned)SMCCC_VERSION);
  if (asked.trapped || (int)asked.value < 0) return;
  line("smccc-version", firmware(el, (unsigned)SMCCC_VERSION, 0).value);
  line("smccc-workaround-1", firmware(el, (unsigned)ARCH_FEATURES, 0x80008000).value);
  line("smccc-workaround-2", firmware(el, (unsigned)ARCH_FEATURES, 0x80007fff).value);
  line("smccc-workaround-3", firmware(el, (unsigned)ARCH_FEATURES, 0x80003fff).value);
}

void start(void) {
  UART[UART_LINE] = 0x70;
  UART[UART_CONTROL] = 0x301;
  int el = step(read_midr_el, 0).value >> 2 & 3;
  text("armlens-registers 1\n");
  line("el", el);
  if (el == 2) step(set_sre, 0xf);
  print_registers();
  allow_vectors(el);
  print_lengths("sve", el == 1 ? set_zcr1 : set_zcr2, rdvl);
  print_lengths("sme", el == 1 ? set_smcr1 : set_smcr2, rdsvl);
  print_firmware(el);
  text("end ");
  decimal(line_count);
  put('\n');
  firmware(el, 0x84000008, 0);
  for (;;) __asm__ volatile("wfi");
}

/* The head of an arm64 kernel image, the vectors, and the handler: marks the trap and skips the instruction. */
__asm__(".section .head, \"ax\"\n"
        " b 1f\n .long 0\n .quad 0\n .quad 0x100000\n .quad 0xa\n .quad 0, 0, 0\n .ascii \"ARM\\x64\"\n .long 0\n"
        "1: adr x0, vectors\n mrs x1, CurrentEL\n cmp x1, #4\n b.eq 2f\n msr VBAR_EL2, x0\n b 3f\n2: msr VBAR_EL1, x0\n"
        "3: isb\n adrp x0, image_end\n add x0, x0, #0x10000\n mov sp, x0\n b start\n"
        ".balign 2048\n vectors:\n .rept 16\n b trapped\n .balign 128\n .endr\n"
        "trapped: mov x1, #1\n mrs x2, CurrentEL\n cmp x2, #4\n b.eq 4f\n mrs x2, ELR_EL2\n add x2, x2, #4\n msr ELR_EL2, x2\n eret\n"
        "4: mrs x2, ELR_EL1\n add x2, x2, #4\n msr ELR_EL1, x2\n eret\n .text\n");
