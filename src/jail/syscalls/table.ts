/** The system calls of one architecture that the filter has an opinion about, by number. */
export interface SyscallTable {
  /** AUDIT_ARCH_* of linux/audit.h. */
  readonly audit: number;
  /** True where numbers above 0x40000000 are a second ABI. */
  readonly x32: boolean;
  /** Refused with EPERM. */
  readonly denied: readonly number[];
  /** Answered with ENOSYS, so that callers fall back: their arguments hide behind pointers. */
  readonly missing: readonly number[];
  readonly clone: number;
  readonly socket: number;
  readonly socketpair: number;
  readonly ioctl: number;
  /** [call, index of its mode argument] */
  readonly modes: readonly (readonly [call: number, mode: number])[];
  /** [call, index of its flags, index of its mode] */
  readonly opens: readonly (readonly [call: number, flags: number, mode: number])[];
}
