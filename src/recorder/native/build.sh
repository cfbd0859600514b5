#!/bin/sh
# build.sh FOLDER: makes the two programs in FOLDER by Debian's cross compiler, the same bytes each time.
#   probe          a static program: what a process sees
#   registers.bin  an image that boots: the registers as a kernel reads them
set -eu
to=$1
cd "$(dirname "$0")"
compile() {
  aarch64-linux-gnu-gcc -std=c11 -Os -Wall -Wextra -Werror -ffreestanding -fno-stack-protector -fno-pic -no-pie -fno-ident \
    -fno-asynchronous-unwind-tables -fno-unwind-tables -fno-tree-loop-distribute-patterns -mgeneral-regs-only \
    -mbranch-protection=none -march=armv8-a -nostdlib -static -Wl,--build-id=none -Wl,-z,noexecstack "$@"
}
compile -s -Wl,-z,noseparate-code -o "$to/probe" probe.c
compile -mstrict-align -Wl,--no-warn-rwx-segments -Wl,-T,registers.ld -o "$to/registers.elf" registers.c
aarch64-linux-gnu-objcopy -O binary "$to/registers.elf" "$to/registers.bin"
rm "$to/registers.elf"
