// Generated from spec-data/captures/parallels-m1/ by `npm run gen`. Do not edit.

import type { KnownCapture } from '../../known-capture.ts';

export const CAPTURE: KnownCapture = {
  "name": "parallels-m1",
  "title": "Linux guest under Parallels on a MacBook Air M1 (2021)",
  "kind": "reconstructed",
  "source": "seed:parallels-m1",
  "notes": [
    "Nobody kept the listings. These are written anew in the form of the tools, and hold what was noted of the machine; an ellipsis stands where a tool prints more than was noted.",
    "Whether an SMMU driver was seen in the log or elsewhere was not noted; it stands here in a listing of drivers.",
    "The names of the partitions and the order of the lines are ours."
  ],
  "files": [
    {
      "path": "cpuinfo.txt",
      "text": "processor\t: 0\nFeatures\t: fp asimd evtstrm aes pmull sha1 sha2 crc32 atomics fphp asimdhp cpuid asimdrdm jscvt fcma lrcpc dcpop sha3 asimddp sha512 asimdfhm dit uscat ilrcpc flagm ssbs sb paca pacg dcpodp flagm2 frint\n\n"
    },
    {
      "path": "dmesg.txt",
      "text": "efi: EFI … by …\nACPI: RSDP …\npsci: probing for conduit method from ACPI.\npsci: PSCI… detected in firmware.\nSMBIOS … present.\nhw-breakpoint: found 6 breakpoint and … watchpoint registers.\nkvm [1]: HYP mode not available\n"
    },
    {
      "path": "lspci.txt",
      "text": ""
    },
    {
      "path": "lsusb.txt",
      "text": "ID 1d6b:0003 Linux Foundation 3.0 root hub\nID 203a:fff9 Parallels Virtual Camera\nID 203a:fffb Parallels Virtual Keyboard\nID 203a:fffc Parallels Virtual Mouse\nID 1d6b:0002 Linux Foundation 2.0 root hub\n"
    },
    {
      "path": "lsblk.txt",
      "text": "NAME     SIZE TYPE MOUNTPOINT\nsda      128G disk\n├─sda1   512M part /boot/efi\n└─sda2 127.5G part /\nsr0           rom\n"
    },
    {
      "path": "lshw.txt",
      "text": "  *-virtio0 UNCLAIMED\n       description: GPU\n       bus info: virtio@0\n  *-virtio1 UNCLAIMED\n       description: balloon\n       bus info: virtio@1\n  *-virtio2\n       description: Ethernet interface\n       bus info: virtio@2\n       serial: 00:1c:42:80:5f:61\n       configuration: driver=virtio_net\n  *-scsi\n     *-disk\n          description: SCSI Disk\n          logical name: /dev/sda\n          size: 128GiB\n        *-volume:0\n             description: EFI partition\n             logical name: /dev/sda1\n             capacity: 512MiB\n        *-volume:1\n             description: root\n             logical name: /dev/sda2\n             capacity: 127.5GiB\n     *-cdrom\n          description: DVD-ROM\n          product: Virtual DVD-ROM\n          logical name: /dev/sr0\n"
    },
    {
      "path": "lsmod.txt",
      "text": "Module\nprl_fs\nprl_freeze\nprl_vid\nprl_tg\nvirtio_net\n"
    },
    {
      "path": "ls.txt",
      "text": "/proc/driver:\nprl_tg\n\n/sys/bus/platform/drivers:\narm-smmu\n"
    }
  ]
};
