import { AtomError } from '../base/errors.ts';
import { arm64 } from './syscalls/arm64.ts';
import type { SyscallTable } from './syscalls/table.ts';
import { x64 } from './syscalls/x64.ts';

/** One cBPF instruction: code, jump if true, jump if false, operand (linux/filter.h). */
type Step = readonly [code: number, yes: number, no: number, operand: number];

// linux/bpf_common.h, linux/seccomp.h, asm-generic/errno.h, linux/socket.h
const LOAD = 0x20;
const IF_EQUAL = 0x15;
const IF_AT_LEAST = 0x35;
const IF_ANY_BIT = 0x45;
const RETURN = 0x06;
const ALLOW = 0x7fff0000;
const KILL = 0x80000000;
const EPERM = 0x00050001;
const ENOSYS = 0x00050026;
const EAFNOSUPPORT = 0x00050061;
const AF_UNIX = 1;
const INET_INET6_NETLINK = [2, 10, 16];
/** CLONE_NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID, NEWNET (linux/sched.h). */
const NEW_NAMESPACES = 0x7e020000;
/** TIOCSTI, TIOCLINUX, TIOCSETD: type into, or take over, the terminal. */
const TERMINAL_TRICKS = [0x5412, 0x541c, 0x5423];
const SET_ID_BITS = 0o6000;
/** O_CREAT and __O_TMPFILE. */
const CREATES = 0x400040;
const X32_BIT = 0x40000000;
const tables: { readonly [arch: string]: SyscallTable } = { x64, arm64 };

/**
 * The seccomp filter of every jail, as the bytes that bubblewrap's `--seccomp` reads.
 * `arch` as in process.arch. Throws AtomError `unavailable` where there is no table for it.
 */
export function seccompProgram(arch: string): Buffer {
  const table = tables[arch];
  if (!table)
    throw new AtomError('unavailable', `There is no system call table for ${arch} processors.`);
  return encode([
    ...foreignArchitecture(table),
    ...table.denied.flatMap((call) => refuse(call, EPERM)),
    ...table.missing.flatMap((call) => refuse(call, ENOSYS)),
    ...when(table.clone, [load(argument(0)), ...ifBits(NEW_NAMESPACES, EPERM)]),
    ...when(table.socket, onlyThese(INET_INET6_NETLINK, EAFNOSUPPORT)),
    ...when(table.socketpair, onlyThese([AF_UNIX], EPERM)),
    ...when(table.ioctl, noneOf(1, TERMINAL_TRICKS)),
    ...table.modes.flatMap(([call, mode]) =>
      when(call, [load(argument(mode)), ...ifBits(SET_ID_BITS, EPERM)]),
    ),
    ...table.opens.flatMap(([call, flags, mode]) => when(call, createsSetId(flags, mode))),
    [RETURN, 0, 0, ALLOW],
  ]);
}

/** offsetof(struct seccomp_data, args[i]): the low half, on little-endian machines. */
const argument = (index: number): number => 16 + 8 * index;
const load = (offset: number): Step => [LOAD, 0, 0, offset];
const end = (verdict: number): Step => [RETURN, 0, 0, verdict];

const foreignArchitecture = ({ audit, x32 }: SyscallTable): Step[] => [
  load(4),
  [IF_EQUAL, 1, 0, audit],
  end(KILL),
  load(0),
  ...(x32 ? ([[IF_AT_LEAST, 0, 1, X32_BIT], end(ENOSYS)] satisfies Step[]) : []),
];

const refuse = (call: number, verdict: number): Step[] => [[IF_EQUAL, 0, 1, call], end(verdict)];

/** Runs `body` for one call only; falling out of it reloads the call's number for the next test. */
const when = (call: number, body: readonly Step[]): Step[] => [
  [IF_EQUAL, 0, body.length + 1, call],
  ...body,
  load(0),
];

const ifBits = (bits: number, verdict: number): Step[] => [[IF_ANY_BIT, 0, 1, bits], end(verdict)];

const onlyThese = (families: readonly number[], verdict: number): Step[] => [
  load(argument(0)),
  ...families.map((family, i): Step => [IF_EQUAL, families.length - i, 0, family]),
  end(verdict),
];

const noneOf = (index: number, values: readonly number[]): Step[] => [
  load(argument(index)),
  ...values.flatMap((value) => refuse(value, EPERM)),
];

const createsSetId = (flags: number, mode: number): Step[] => [
  load(argument(flags)),
  [IF_ANY_BIT, 0, 3, CREATES],
  load(argument(mode)),
  ...ifBits(SET_ID_BITS, EPERM),
];

/** struct sock_filter, one after the other: u16 code, u8 jt, u8 jf, u32 k, little-endian. */
function encode(steps: readonly Step[]): Buffer {
  const bytes = Buffer.alloc(steps.length * 8);
  steps.forEach(([code, yes, no, operand], i) => {
    bytes.writeUInt16LE(code, i * 8);
    bytes.writeUInt8(yes, i * 8 + 2);
    bytes.writeUInt8(no, i * 8 + 3);
    bytes.writeUInt32LE(operand, i * 8 + 4);
  });
  return bytes;
}
