// takes what happens, gives counts of it in Prometheus's text: numbers only, never an id, an address or a room.

import type { Observer } from './observer.ts';

/** How many are here and wait, asked when the counts are read. */
export interface Gauges {
  readonly sockets: () => number;
  readonly waitingMessages: () => number;
  readonly waitingBytes: () => number;
}

const messageBytes = [256, 1_024, 4_096, 16_384, 65_536, 262_144, 1_048_576];
const socketSeconds = [1, 10, 60, 300, 1_800, 7_200, 28_800];
const requestSeconds = [0.001, 0.005, 0.025, 0.1, 0.5, 2.5, 10];

/** Counts by label. Labels come from our own fixed words, so that there are never more than a few. */
class Counter {
  readonly #label: string;
  readonly #counts = new Map<string, number>();

  constructor(label: string) {
    this.#label = label;
  }

  add(value: string): void {
    this.#counts.set(value, (this.#counts.get(value) ?? 0) + 1);
  }

  lines(name: string): string[] {
    return [...this.#counts].map(([value, count]) => `${name}{${this.#label}="${value}"} ${count}`);
  }
}

class Histogram {
  readonly #bounds: readonly number[];
  readonly #counts: number[];
  #sum = 0;

  constructor(bounds: readonly number[]) {
    this.#bounds = bounds;
    this.#counts = Array<number>(bounds.length + 1).fill(0);
  }

  observe(value: number): void {
    const found = this.#bounds.findIndex((bound) => value <= bound);
    const at = found === -1 ? this.#bounds.length : found;
    this.#counts[at] = (this.#counts[at] ?? 0) + 1;
    this.#sum += value;
  }

  lines(name: string): string[] {
    let total = 0;
    const buckets = [...this.#bounds, '+Inf'].map((bound, at) => {
      total += this.#counts[at] ?? 0;
      return `${name}_bucket{le="${bound}"} ${total}`;
    });
    return [...buckets, `${name}_sum ${this.#sum}`, `${name}_count ${total}`];
  }
}

export class Metrics {
  readonly #turnedAway = new Counter('reason');
  readonly #cutOff = new Counter('why');
  readonly #unreadable = new Counter('reason');
  readonly #messages = new Counter('outcome');
  readonly #types = new Counter('type');
  readonly #requests = new Counter('status');
  readonly #messageBytes = new Histogram(messageBytes);
  readonly #socketSeconds = new Histogram(socketSeconds);
  readonly #requestSeconds = new Histogram(requestSeconds);
  #opened = 0;
  #takenOver = 0;
  #expired = 0;

  /** What to give to whoever tells what happens. */
  readonly observer: Observer = {
    opened: (_client, replaced) => {
      this.#opened++;
      if (!replaced) return;
      this.#takenOver++;
      this.#socketSeconds.observe((performance.now() - replaced.openedAtMs) / 1_000);
    },
    closed: ({ openedAtMs }) => this.#socketSeconds.observe((performance.now() - openedAtMs) / 1_000),
    turnedAway: (reason) => this.#turnedAway.add(reason),
    unreadable: (_client, reason) => this.#unreadable.add(reason),
    relayed: (_from, type, _dst, outcome, bytes) => {
      this.#types.add(type);
      this.#messages.add(outcome);
      this.#messageBytes.observe(bytes);
    },
    expired: () => {
      this.#expired++;
    },
    cutOff: (_client, why) => this.#cutOff.add(why),
  };

  /** A request was answered. */
  answered(status: number, seconds: number): void {
    this.#requests.add(String(status));
    this.#requestSeconds.observe(seconds);
  }

  /** All of it, in the text format of Prometheus, version 0.0.4. */
  text({ sockets, waitingMessages, waitingBytes }: Gauges): string {
    const memory = process.memoryUsage.rss();
    const { user, system } = process.cpuUsage();
    const families: readonly (readonly [string, string, string, readonly string[] | number])[] = [
      ['reforms_sockets', 'gauge', 'Ids registered now.', sockets()],
      ['reforms_sockets_opened_total', 'counter', 'Sockets that got an id.', this.#opened],
      ['reforms_sockets_taken_over_total', 'counter', 'Sockets replaced by a new one.', this.#takenOver],
      [
        'reforms_turned_away_total',
        'counter',
        'Sockets that got none.',
        this.#turnedAway.lines('reforms_turned_away_total'),
      ],
      [
        'reforms_cut_off_total',
        'counter',
        'Sockets ended by the server.',
        this.#cutOff.lines('reforms_cut_off_total'),
      ],
      [
        'reforms_messages_total',
        'counter',
        'Messages by where they went.',
        this.#messages.lines('reforms_messages_total'),
      ],
      [
        'reforms_message_types_total',
        'counter',
        'Messages by type.',
        this.#types.lines('reforms_message_types_total'),
      ],
      [
        'reforms_message_bytes',
        'histogram',
        'Length of relayed messages.',
        this.#messageBytes.lines('reforms_message_bytes'),
      ],
      [
        'reforms_unreadable_total',
        'counter',
        'Frames that made no sense.',
        this.#unreadable.lines('reforms_unreadable_total'),
      ],
      ['reforms_expired_total', 'counter', 'Messages nobody came for.', this.#expired],
      ['reforms_waiting_messages', 'gauge', 'Messages in mailboxes.', waitingMessages()],
      ['reforms_waiting_bytes', 'gauge', 'Bytes in mailboxes.', waitingBytes()],
      [
        'reforms_socket_seconds',
        'histogram',
        'How long ids were held.',
        this.#socketSeconds.lines('reforms_socket_seconds'),
      ],
      [
        'reforms_http_requests_total',
        'counter',
        'HTTP answers.',
        this.#requests.lines('reforms_http_requests_total'),
      ],
      [
        'reforms_http_seconds',
        'histogram',
        'Time to an answer.',
        this.#requestSeconds.lines('reforms_http_seconds'),
      ],
      ['process_resident_memory_bytes', 'gauge', 'Memory of the process.', memory],
      ['process_cpu_seconds_total', 'counter', 'Processor time of the process.', (user + system) / 1e6],
    ];
    const lines = families.flatMap(([name, type, help, value]) => [
      `# HELP ${name} ${help}`,
      `# TYPE ${name} ${type}`,
      ...(typeof value === 'number' ? [`${name} ${value}`] : value),
    ]);
    return `${lines.join('\n')}\n`;
  }
}
