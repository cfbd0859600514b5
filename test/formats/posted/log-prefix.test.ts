import { describe, expect, it } from 'vitest';
import { messageOf, splitMessage } from '../../../src/formats/posted/log-prefix.ts';

const MESSAGE = 'Booting Linux on physical CPU 0x0000000000 [0x410fd034]';

/** What stands before a message of the kernel, by who writes it so. */
const PREFIXES: Readonly<Record<string, string>> = {
  dmesg: '[    0.000000] ',
  'dmesg -T': '[Wed Nov 12 10:11:12 2025] ',
  'dmesg -x': 'kern  :warn  : [    0.000000] ',
  'dmesg -d': '[    0.000000 <    0.000000>] ',
  'with CONFIG_PRINTK_CALLER': '[    0.000000][    T0] ',
  'Android, last_kmsg': '[    0.000000] [T1] ',
  'Android, logcat': '11-12 10:11:12.743     0     0 I kernel  : ',
  'Android, logcat -v brief': 'I/kernel  (    0): [    0.000000] ',
  MediaTek: '<4>[    0.000000] .(0)[1:swapper/0]',
  Samsung: '<4>[    0.000000]  [0:      swapper/0:    1] ',
  Unisoc: '[    0.000000] c0 ',
  'Qualcomm of old': '<6>[    0.000000] (CPU:0-pid:0:swapper) ',
  '/dev/kmsg': '4,123,271177,-;',
  syslog: 'Nov 12 10:11:12 myhost kernel: [    0.000000] ',
  'journalctl in French': 'nov. 12 10:11:12 myhost kernel: ',
  'journalctl -o short-precise': 'Nov 12 10:11:12.743656 myhost kernel: ',
  'journalctl -o short-iso': '2025-11-12T10:11:12+0100 myhost kernel: ',
  'journalctl -o short-full': 'Wed 2025-11-12 10:11:12 UTC myhost kernel: ',
  'journalctl -o short-monotonic': '[    0.000000] myhost kernel: ',
  'journalctl -o short-unix': '1699783872.743656 myhost kernel: ',
  'journalctl -o with-unit, no host': 'kernel: ',
  'GitHub Actions': '2025-11-12T10:11:12.1234567Z [    0.000000] ',
  LAVA: '2025-11-12T10:11:12.123456  [    0.000000] ',
  'a container engine': '[01:13:22.717][Moby           ][Info   ] [    0.000000] ',
  'a compose file': 'target-1  | [    0.000000] ',
  'a serial console': '[2025-11-12 10:11:12.123] [    0.000000] ',
  'a test of NixOS': 'machine # [    0.000000] ',
  'a console on which a shell waits': 'root@board:~# ',
  'a guest’s console in syslog': 'Nov 12 10:11:12 myhost runner@guest-1[1158]: [    0.000000] ',
  Xen: '(XEN) DOM0: [    0.000000] ',
  'an indented paste': '\t    [    0.000000] ',
};

describe('takes off what stands before a message of the kernel', () => {
  it.each(Object.entries(PREFIXES))('%s', (_, prefix) => {
    expect(messageOf(prefix + MESSAGE)).toBe(MESSAGE);
  });
});

it('leaves messages alone that only look so', () => {
  for (const text of [
    'hw-breakpoint: found 6 breakpoint and 4 watchpoint registers.',
    '[drm] Initialized',
    'U-Boot 2024.01',
    'efi: EFI v2.7',
  ])
    expect(messageOf(text)).toBe(text);
});

it('tells whether the kernel itself stamped a line', () => {
  expect(splitMessage('machine # [    0.1] x').stamped).toBe(true);
  expect(splitMessage('nov. 12 10:11:12 myhost kernel: x').stamped).toBe(false);
});
