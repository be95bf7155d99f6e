import { networkInterfaces } from 'node:os';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isPublicAddress } from '../../src/base/public-address.ts';

describe('an address that a command may reach', () => {
  it.each([
    ...['1.1.1.1', '93.184.215.14', '172.15.255.255', '172.32.0.0', '100.63.255.255'],
    ...['100.128.0.0', '192.167.255.255', '223.255.255.255', '11.0.0.0', '126.255.255.255'],
    ...['2606:4700:4700::1111', '2a00:1450:4001:80f::200e', '2001:4860:4860::8888'],
  ])('is one of the internet: %s', (address) => expect(isPublicAddress(address)).toBe(true));

  it.each([
    ...['0.0.0.0', '0.1.2.3', '10.0.0.1', '100.64.0.1', '100.127.255.255', '127.0.0.1'],
    ...['127.255.255.255', '169.254.169.254', '172.16.0.1', '172.31.255.255', '192.0.0.1'],
    ...['192.0.2.1', '192.88.99.1', '192.168.1.1', '198.18.0.1', '198.19.255.255'],
    ...['198.51.100.1', '203.0.113.1', '224.0.0.1', '239.255.255.255', '240.0.0.1'],
    ...['255.255.255.255', '::', '::1', '::ffff:127.0.0.1', '::ffff:93.184.215.14'],
    ...['::ffff:7f00:1', '::127.0.0.1', '64:ff9b::7f00:1', '64:ff9b::808:808'],
    ...['64:ff9b:1::1', '2002:7f00:1::', '2002:808:808::1', '2001::1', '2001:0:53aa:64c::1'],
    ...['2001:db8::1', '3fff::1', 'fe80::1', 'fe80::1%eth0', 'fc00::1', 'fd12::1', 'fec0::1'],
    ...['ff02::1', '100::1', '5f00::1', '4000::1', '2606:4700:4700::1111%lo'],
    ...['', 'localhost', '1.1.1', '0x7f.1', '2130706433', '1.1.1.1 ', '[::1]', '01.1.1.1'],
  ])('is not %j', (address) => expect(isPublicAddress(address)).toBe(false));

  it('is none of this machine’s own', () => {
    for (const { address } of Object.values(networkInterfaces()).flatMap((all) => all ?? []))
      expect(isPublicAddress(address), address).toBe(false);
  });

  it('is none that carries an IPv4 address in another form, whatever that is', () => {
    fc.assert(
      fc.property(fc.ipV4(), (address) => {
        for (const form of [`::ffff:${address}`, `::${address}`, `64:ff9b::${address}`])
          expect(isPublicAddress(form), form).toBe(false);
      }),
    );
  });
});
