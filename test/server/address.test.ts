import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isLoopback, senderOf } from '../../server/address.ts';

const asker = (remoteAddress: string | undefined, forwardedFor?: string) => ({
  headers: forwardedFor === undefined ? {} : { 'x-forwarded-for': forwardedFor },
  socket: { remoteAddress },
});

describe('the address a sender is counted by', () => {
  for (const [address, sender] of [
    ['203.0.113.9', '203.0.113.9'],
    ['::ffff:203.0.113.9', '203.0.113.9'],
    ['::ffff:cb00:7109', '203.0.113.9'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8:1:2::ffff', '2001:db8:1:2::/64'],
    ['2001:DB8:0001:2::', '2001:db8:1:2::/64'],
    ['2001:db8::', '2001:db8:0:0::/64'],
    ['64:ff9b::203.0.113.9', '64:ff9b:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    [undefined, 'unknown'],
    ['', 'unknown'],
    ['nonsense', 'unknown'],
  ] as const)
    it(`of ${address} is ${sender}`, () => assert.equal(senderOf(asker(address), 0), sender));

  it('is never what the sender itself claims', () =>
    assert.equal(senderOf(asker('203.0.113.9', '198.51.100.1'), 0), '203.0.113.9'));

  for (const [said, proxies, sender] of [
    ['198.51.100.1', 1, '198.51.100.1'],
    ['6.6.6.6, 198.51.100.1', 1, '198.51.100.1'],
    ['6.6.6.6, 198.51.100.1, 192.0.2.1', 2, '198.51.100.1'],
    ['198.51.100.1', 2, '198.51.100.1'],
    [' 2001:db8:1:2::9 ', 1, '2001:db8:1:2::/64'],
    ['198.51.100.1:4711', 1, '198.51.100.1'],
    ['[2001:db8:1:2::9]:4711', 1, '2001:db8:1:2::/64'],
    ['', 1, '10.0.0.1'],
    [',,', 1, '10.0.0.1'],
    ['unknown', 1, '10.0.0.1'],
    ['198.51.100.1, <script>', 1, '10.0.0.1'],
    [undefined, 1, '10.0.0.1'],
  ] as const)
    it(`is ${sender} where ${proxies} trusted say "${said}"`, () =>
      assert.equal(senderOf(asker('10.0.0.1', said), proxies), sender));

  it('is known for this machine itself', () => {
    for (const address of ['127.0.0.1', '127.9.9.9', '::1', '::ffff:127.0.0.1'])
      assert.equal(isLoopback(senderOf(asker(address), 0)), true);
    for (const address of ['128.0.0.1', '2001:db8::1', undefined])
      assert.equal(isLoopback(senderOf(asker(address), 0)), false);
  });
});
