// takes a page with the watching script of the hostile server, gives what its peer connections sent and received.

import type { Page } from '@playwright/test';

/** A message as it came over a data channel, before the kit saw it. */
export interface Received {
  readonly label: string;
  readonly tag: number;
  readonly length: number;
}

/** What `getStats` said of all connections together, and what the senders held, at their highest. */
export interface Traffic {
  readonly rtpReceived: number;
  readonly rtpSent: number;
  /** Bytes over data channels, as the browser counts them. */
  readonly dataReceived: number;
  /** Senders that ever had a track. */
  readonly tracks: number;
  /** How many looks there were while a connection was up. */
  readonly looks: number;
}

interface Watched {
  connections: RTCPeerConnection[];
  received: Received[];
  traffic: { -readonly [K in keyof Traffic]: number };
}

/** From now on this page says nothing on a data channel but FIN: no CONFIRM, and nothing that might be taken for one. */
export const withholdConfirm = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const { send } = RTCDataChannel.prototype;
    RTCDataChannel.prototype.send = function (this: RTCDataChannel, data: unknown) {
      const bytes = data instanceof Uint8Array ? data : new Uint8Array();
      if (bytes[0] === 2) Reflect.apply(send, this, [data]);
    };
  });

/** Looks at the page's connections again and again, until the page goes. */
export const watchTraffic = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const watched = window as unknown as Watched;
    const traffic = { rtpReceived: 0, rtpSent: 0, dataReceived: 0, tracks: 0, looks: 0 };
    watched.traffic = traffic;
    const look = async (): Promise<void> => {
      const now = { rtpReceived: 0, rtpSent: 0, dataReceived: 0, tracks: 0 };
      for (const connection of watched.connections) {
        if (connection.connectionState === 'connected') traffic.looks += 1;
        now.tracks += connection.getSenders().filter(({ track }) => track !== null).length;
        for (const entry of (await connection.getStats()).values()) {
          const { type, packetsReceived = 0, packetsSent = 0, bytesReceived = 0 } = entry;
          if (type === 'inbound-rtp') now.rtpReceived += packetsReceived;
          if (type === 'outbound-rtp') now.rtpSent += packetsSent;
          if (type === 'data-channel') now.dataReceived += bytesReceived;
        }
      }
      for (const name of ['rtpReceived', 'rtpSent', 'dataReceived', 'tracks'] as const)
        traffic[name] = Math.max(traffic[name], now[name]);
    };
    setInterval(() => void look(), 100);
  });

export const trafficOf = (page: Page): Promise<Traffic> =>
  page.evaluate(() => ({ ...(window as unknown as Watched).traffic }));

export const receivedBy = (page: Page): Promise<Received[]> =>
  page.evaluate(() => [...(window as unknown as Watched).received]);
