import type { SyscallTable } from './table.ts';

/** x86-64, from arch/x86/entry/syscalls/syscall_64.tbl of Linux 6.18. */
export const x64: SyscallTable = {
  audit: 0xc000003e,
  x32: true,
  denied: [
    ...[101, 310, 311, 312, 438, 440], // ptrace process_vm_readv process_vm_writev kcmp pidfd_getfd process_madvise
    ...[248, 249, 250], // add_key request_key keyctl
    ...[425, 426, 427], // io_uring_setup io_uring_enter io_uring_register
    ...[321, 298, 323, 300, 212], // bpf perf_event_open userfaultfd fanotify_init lookup_dcookie
    ...[165, 166, 155, 161, 167, 168], // mount umount2 pivot_root chroot swapon swapoff
    ...[428, 429, 430, 431, 432, 433, 442, 467], // open_tree move_mount fsopen fsconfig fsmount fspick mount_setattr open_tree_attr
    ...[272, 308, 303, 304], // unshare setns name_to_handle_at open_by_handle_at
    ...[175, 313, 176, 246, 320, 169], // init_module finit_module delete_module kexec_load kexec_file_load reboot
    ...[163, 179, 443, 103], // acct quotactl quotactl_fd syslog
    ...[164, 227, 305, 159], // settimeofday clock_settime clock_adjtime adjtimex
    ...[172, 173, 154], // iopl ioperm modify_ldt
    ...[278, 135, 170, 171, 153], // vmsplice personality sethostname setdomainname vhangup
    ...[237, 238, 450, 256, 279], // mbind set_mempolicy set_mempolicy_home_node migrate_pages move_pages
    ...[180, 134, 156, 447], // nfsservctl uselib _sysctl memfd_secret
  ],
  missing: [435, 437], // clone3 openat2
  clone: 56,
  socket: 41,
  socketpair: 53,
  ioctl: 16,
  // chmod fchmod fchmodat fchmodat2 mknod mknodat creat
  modes: [
    ...([
      [90, 1],
      [91, 1],
      [268, 2],
      [452, 2],
    ] as const),
    ...([
      [133, 1],
      [259, 2],
      [85, 1],
    ] as const),
  ],
  // open openat
  opens: [
    [2, 1, 2],
    [257, 2, 3],
  ],
};
