import { describe, expect, test } from 'vitest';
import { seccompProgram } from '../../src/jail/seccomp.ts';

const ALLOW = 0x7fff0000;
const KILL = 0x80000000;
const errno = (code: number): number => 0x00050000 | code;
const [EPERM, ENOSYS, EAFNOSUPPORT] = [errno(1), errno(38), errno(97)];

interface Call {
  readonly audit: number;
  readonly number: number;
  readonly args?: readonly number[];
}

/** The kernel's reading of the program: linux/filter.h, on struct seccomp_data. */
function verdict(program: Buffer, { audit, number, args = [] }: Call): number {
  const words = [number, audit, 0, 0, ...args.flatMap((arg) => [arg, 0])];
  let accumulator = 0;
  for (let at = 0; at < program.length; at += 8) {
    const code = program.readUInt16LE(at);
    const operand = program.readUInt32LE(at + 4);
    if (code === 0x06) return operand;
    if (code === 0x20) accumulator = (words[operand / 4] ?? 0) >>> 0;
    else {
      const tests = { 21: accumulator === operand, 53: accumulator >= operand };
      const yes = code === 0x45 ? (accumulator & operand) !== 0 : tests[code as 0x15 | 0x35];
      at += 8 * program.readUInt8(at + (yes ? 2 : 3));
    }
  }
  throw new Error('fell off the end');
}

const machines = {
  x64: {
    audit: 0xc000003e,
    read: 0,
    ptrace: 101,
    mount: 165,
    unshare: 272,
    clone: 56,
    socket: 41,
    socketpair: 53,
    ioctl: 16,
    fchmodat: 268,
    mknodat: 259,
    openat: 257,
  },
  arm64: {
    audit: 0xc00000b7,
    read: 63,
    ptrace: 117,
    mount: 40,
    unshare: 97,
    clone: 220,
    socket: 198,
    socketpair: 199,
    ioctl: 29,
    fchmodat: 53,
    mknodat: 33,
    openat: 56,
  },
};

describe.each(Object.entries(machines))('on %s the filter', (arch, calls) => {
  const program = seccompProgram(arch);
  const ask = (number: number, ...args: number[]) =>
    verdict(program, { audit: calls.audit, number, args });

  test('lets ordinary calls pass and kills those of another architecture', () => {
    expect(ask(calls.read, 0, 0, 10)).toBe(ALLOW);
    expect(verdict(program, { audit: 0x40000003, number: calls.read })).toBe(KILL);
  });

  test('refuses tracing, mounting and namespaces', () => {
    for (const call of [calls.ptrace, calls.mount, calls.unshare]) expect(ask(call)).toBe(EPERM);
    for (const io_uring of [425, 426, 427]) expect(ask(io_uring)).toBe(EPERM);
    for (const hidden of [435, 437]) expect(ask(hidden)).toBe(ENOSYS);
    expect(ask(calls.clone, 0x10000011)).toBe(EPERM);
    expect(ask(calls.clone, 0x01200011)).toBe(ALLOW);
  });

  test('knows which sockets there may be', () => {
    for (const family of [2, 10, 16]) expect(ask(calls.socket, family)).toBe(ALLOW);
    for (const family of [1, 17, 38, 40]) expect(ask(calls.socket, family)).toBe(EAFNOSUPPORT);
    expect(ask(calls.socketpair, 1)).toBe(ALLOW);
    expect(ask(calls.socketpair, 2)).toBe(EPERM);
  });

  test('keeps the terminal and the set-uid bit away', () => {
    for (const trick of [0x5412, 0x541c, 0x5423]) expect(ask(calls.ioctl, 0, trick)).toBe(EPERM);
    expect(ask(calls.ioctl, 0, 0x5401)).toBe(ALLOW);
    expect(ask(calls.fchmodat, 0, 0, 0o4755)).toBe(EPERM);
    expect(ask(calls.fchmodat, 0, 0, 0o755)).toBe(ALLOW);
    expect(ask(calls.mknodat, 0, 0, 0o102755)).toBe(EPERM);
    expect(ask(calls.openat, 0, 0, 0o101, 0o4755)).toBe(EPERM);
    // Without O_CREAT the mode means nothing and may be anything.
    expect(ask(calls.openat, 0, 0, 0, 0o4755)).toBe(ALLOW);
  });
});

test('x32 calls are unknown on x64', () => {
  const call = { audit: machines.x64.audit, number: 0x40000000 + 101 };
  expect(verdict(seccompProgram('x64'), call)).toBe(ENOSYS);
});

test('there is no filter for a processor without a table', () => {
  expect(() => seccompProgram('riscv64')).toThrow('no system call table for riscv64');
});
