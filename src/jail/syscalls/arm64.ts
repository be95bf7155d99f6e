import type { SyscallTable } from './table.ts';

/** 64-bit ARM, from include/uapi/asm-generic/unistd.h of Linux 6.18. */
export const arm64: SyscallTable = {
  audit: 0xc00000b7,
  x32: false,
  denied: [
    ...[117, 270, 271, 272, 438, 440], // ptrace process_vm_readv process_vm_writev kcmp pidfd_getfd process_madvise
    ...[217, 218, 219], // add_key request_key keyctl
    ...[425, 426, 427], // io_uring_setup io_uring_enter io_uring_register
    ...[280, 241, 282, 262, 18], // bpf perf_event_open userfaultfd fanotify_init lookup_dcookie
    ...[40, 39, 41, 51, 224, 225], // mount umount2 pivot_root chroot swapon swapoff
    ...[428, 429, 430, 431, 432, 433, 442, 467], // open_tree move_mount fsopen fsconfig fsmount fspick mount_setattr open_tree_attr
    ...[97, 268, 264, 265], // unshare setns name_to_handle_at open_by_handle_at
    ...[105, 273, 106, 104, 294, 142], // init_module finit_module delete_module kexec_load kexec_file_load reboot
    ...[89, 60, 443, 116], // acct quotactl quotactl_fd syslog
    ...[170, 112, 266, 171], // settimeofday clock_settime clock_adjtime adjtimex
    ...[75, 92, 161, 162, 58], // vmsplice personality sethostname setdomainname vhangup
    ...[235, 237, 450, 238, 239], // mbind set_mempolicy set_mempolicy_home_node migrate_pages move_pages
    ...[42, 447], // nfsservctl memfd_secret
  ],
  missing: [435, 437], // clone3 openat2
  clone: 220,
  socket: 198,
  socketpair: 199,
  ioctl: 29,
  // fchmod fchmodat fchmodat2 mknodat
  modes: [
    [52, 1],
    [53, 2],
    [452, 2],
    [33, 2],
  ],
  // openat
  opens: [[56, 2, 3]],
};
