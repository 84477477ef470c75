// takes what a host decided, gives the files that run a server: settings, secrets, containers, TLS, TURN, a service.

import { serveFlags } from './settings.ts';

/** What a host decides. */
export interface Deployment {
  /** Name of the machine on the internet, `call.example.org`. */
  readonly domain: string;
  /** Whether only bearers of a signed token may connect. */
  readonly isClosed: boolean;
  /** Secrets made for this deployment. */
  readonly turnSecret: string;
  readonly authSecret: string;
  /** Folder of this package, which holds its Dockerfile. */
  readonly packageDir: string;
  /** The program that runs the command, and the command. */
  readonly node: string;
  readonly cli: string;
  /** Where the files will lie. */
  readonly dir: string;
  /** Who made them, `uid:gid`: whoever else reads them has to be told. */
  readonly owner: string;
}

export interface DeploymentFile {
  readonly name: string;
  readonly text: string;
  /** Whether nobody else may read it. */
  readonly isSecret: boolean;
}

export function deploymentFiles(deployment: Deployment): readonly DeploymentFile[] {
  return [
    { name: 'reforms.conf', text: settings(deployment), isSecret: false },
    { name: 'reforms.env', text: secrets(deployment), isSecret: true },
    { name: 'compose.yaml', text: compose(deployment), isSecret: false },
    { name: 'Caddyfile', text: caddyfile(deployment), isSecret: false },
    { name: 'turnserver.conf', text: turnserver(deployment), isSecret: true },
    { name: 'reforms.service', text: unit(deployment), isSecret: false },
  ];
}

/** Settings that are set; every other one follows as a remark. */
function settings({ domain, isClosed }: Deployment): string {
  const set: readonly (readonly [string, string])[] = [
    ['port', '9000'],
    ['proxied', 'true'],
    ['turn_url', `turn:${domain}:3478?transport=udp`],
    ['turn_url', `turn:${domain}:3478?transport=tcp`],
    ['stun_url', `stun:${domain}:3478`],
  ];
  const named = new Set(set.map(([name]) => name));
  const secret = new Set(['auth_secret', 'turn_secret', 'config', 'sslkey', 'sslcert']);
  const rest = [...serveFlags].filter(([name]) => !named.has(name) && !secret.has(name));
  return [
    '# Settings of the signaling server, read by: reforms serve --config reforms.conf',
    '# Secrets are in reforms.env. A flag wins over the environment, and that over this file.',
    isClosed
      ? '# Only bearers of a signed token may connect: reforms token --room algebra-101 --expires 8h'
      : '# Anybody may connect. To change that, take the # away before REFORMS_AUTH_SECRET in reforms.env.',
    '',
    ...set.flatMap(([name, value], at) => [
      ...(set.findIndex(([first]) => first === name) === at ? [`# ${serveFlags.get(name)?.help ?? ''}`] : []),
      `${name} = ${value}`,
    ]),
    '',
    '# Everything else there is, as it is without being said:',
    '',
    ...rest.flatMap(([name, { help }]) => [`# ${help}`, `#${name} =`]),
    '',
  ].join('\n');
}

function secrets({ turnSecret, authSecret, isClosed }: Deployment): string {
  return [
    '# Secrets of the signaling server. Keep them to yourself.',
    `REFORMS_TURN_SECRET=${turnSecret}`,
    `${isClosed ? '' : '#'}REFORMS_AUTH_SECRET=${authSecret}`,
    '',
  ].join('\n');
}

function compose({ packageDir, owner }: Deployment): string {
  return `# docker compose up -d
services:
  reforms:
    build:
      context: ${JSON.stringify(packageDir)}
      dockerfile: server/deploy/Dockerfile
    command: ["serve", "--config", "/etc/reforms/reforms.conf"]
    env_file: reforms.env
    volumes:
      - ./reforms.conf:/etc/reforms/reforms.conf:ro
    read_only: true
    cap_drop: [ALL]
    security_opt: ["no-new-privileges:true"]
    restart: unless-stopped

  # TURN needs many ports and the real addresses of its callers, so it has the network of the machine.
  coturn:
    image: coturn/coturn:4.6
    network_mode: host
    user: ${JSON.stringify(owner)}
    command: ["-c", "/etc/coturn/turnserver.conf"]
    volumes:
      - ./turnserver.conf:/etc/coturn/turnserver.conf:ro
    tmpfs: [/tmp]
    read_only: true
    cap_drop: [ALL]
    security_opt: ["no-new-privileges:true"]
    restart: unless-stopped

  caddy:
    image: caddy:2
    ports: ["80:80", "443:443", "443:443/udp"]
    volumes:
      - ./Caddyfile:/etc/caddy/Caddyfile:ro
      - caddy:/data
    depends_on: [reforms]
    restart: unless-stopped

volumes:
  caddy:
`;
}

function caddyfile({ domain }: Deployment): string {
  return `# TLS by Let's Encrypt, renewed by itself. Caddy tells the server who called, see proxied in reforms.conf.
${domain} {
	reverse_proxy reforms:9000
}
`;
}

function turnserver({ domain, turnSecret }: Deployment): string {
  return `# coturn. Open 3478 for UDP and TCP, and 49160 to 49960 for UDP.
listening-port=3478
min-port=49160
max-port=49960
realm=${domain}
use-auth-secret
static-auth-secret=${turnSecret}
fingerprint
no-cli
no-tls
no-dtls
no-multicast-peers
# Nobody reaches this machine or its neighbours by way of it.
denied-peer-ip=0.0.0.0-0.255.255.255
denied-peer-ip=10.0.0.0-10.255.255.255
denied-peer-ip=100.64.0.0-100.127.255.255
denied-peer-ip=127.0.0.0-127.255.255.255
denied-peer-ip=169.254.0.0-169.254.255.255
denied-peer-ip=172.16.0.0-172.31.255.255
denied-peer-ip=192.168.0.0-192.168.255.255
denied-peer-ip=::1
denied-peer-ip=fc00::-fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff
denied-peer-ip=fe80::-febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff
user-quota=32
total-quota=1200
# It keeps no log of who relayed to whom.
no-stdout-log
log-file=/dev/null
pidfile=/tmp/turnserver.pid
userdb=/tmp/turndb
`;
}

function unit({ node, cli, dir }: Deployment): string {
  return `# Without containers: cp reforms.service /etc/systemd/system/ && systemctl enable --now reforms
[Unit]
Description=Reforms signaling server
After=network-online.target
Wants=network-online.target

[Service]
ExecStart=${quoted(node)} ${quoted(cli)} serve --host 127.0.0.1 --config ${quoted(`${dir}/reforms.conf`)}
ExecReload=/bin/kill -HUP $MAINPID
EnvironmentFile=${dir}/reforms.env
Restart=on-failure
DynamicUser=yes
NoNewPrivileges=yes
ProtectSystem=strict
ProtectHome=read-only
PrivateTmp=yes
PrivateDevices=yes
ProtectKernelTunables=yes
ProtectControlGroups=yes
RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX
RestrictNamespaces=yes
CapabilityBoundingSet=
SystemCallFilter=@system-service
LimitNOFILE=65536

[Install]
WantedBy=multi-user.target
`;
}

const quoted = (word: string) => (/\s/.test(word) ? `"${word}"` : word);
