// takes an https address, gives whether its certificate is good and for how long.

import { connect } from 'node:tls';
import { bad, type Finding, good } from './finding.ts';

const dayMs = 86_400_000;

/** Shakes hands and hangs up. */
export function checkTls({ hostname, port }: URL, timeoutMs: number): Promise<Finding> {
  const host = hostname.replace(/^\[|\]$/g, '');
  return new Promise((resolve) => {
    const socket = connect({ host, port: Number(port || 443), servername: host, timeout: timeoutMs });
    const end = (finding: Finding) => {
      socket.destroy();
      resolve(finding);
    };
    socket.once('timeout', () => end(bad('TLS does not answer', 'is the port open in the firewall?')));
    socket.once('error', (error) => end(explain('code' in error ? String(error.code) : error.message)));
    socket.once('secureConnect', () => {
      const days = Math.floor((Date.parse(socket.getPeerCertificate().valid_to) - Date.now()) / dayMs);
      end(
        days >= 7
          ? good(`TLS is good for ${days} more days`)
          : bad(
              `the certificate ends in ${days} days`,
              'is it renewed by itself? The server takes new files over without a restart',
            ),
      );
    });
  });
}

function explain(code: string): Finding {
  const mends: Readonly<Record<string, string>> = {
    DEPTH_ZERO_SELF_SIGNED_CERT: 'browsers do not trust it: get one from Let’s Encrypt, by Caddy or certbot',
    SELF_SIGNED_CERT_IN_CHAIN: 'browsers do not trust it: get one from Let’s Encrypt, by Caddy or certbot',
    UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'the file of --sslcert must hold the whole chain',
    ERR_TLS_CERT_ALTNAME_INVALID: 'it is for another name: get one for this name',
    CERT_HAS_EXPIRED: 'renew it; the server takes new files over without a restart',
    ENOTFOUND: 'the name has no address: set its DNS record',
    ECONNREFUSED: 'nobody listens there: is the server running, is the port right?',
  };
  return {
    verdict: 'bad',
    what: `TLS fails: ${code}`,
    mend: mends[code] ?? 'does this port speak TLS at all?',
  };
}
