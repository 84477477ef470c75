import { expect } from 'chai';
import { parseAddress } from '../../../../src/core/transport/peerjs-address.ts';

const page = 'https://school.example/course/7?x=1#rf=secret';

describe("a server's address", () => {
  it('is taken apart for PeerJS', () => {
    const cases: readonly [string, unknown][] = [
      ['https://call.example/', { host: 'call.example', port: 443, path: '/', secure: true, key: 'peerjs' }],
      ['http://127.0.0.1:9000', { host: '127.0.0.1', port: 9000, path: '/', secure: false, key: 'peerjs' }],
      [
        'https://call.example:8443/rooms?key=a%26b',
        { host: 'call.example', port: 8443, path: '/rooms', secure: true, key: 'a%26b' },
      ],
      ['ws://[::1]:81/p/', { host: '[::1]', port: 81, path: '/p/', secure: false, key: 'peerjs' }],
      ['/signal/', { host: 'school.example', port: 443, path: '/signal/', secure: true, key: 'peerjs' }],
    ];
    for (const [server, address] of cases) expect(parseAddress(server, page), server).to.deep.equal(address);
  });

  it('is none when it leads elsewhere than to a web server', () => {
    for (const server of ['javascript:alert(1)', 'ftp://call.example/', 'data:,x', 'http://'])
      expect(parseAddress(server, page), server).to.equal(undefined);
  });
});
