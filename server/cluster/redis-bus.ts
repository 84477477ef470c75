// takes the address of a Redis, gives a bus over it.

import { randomBytes } from 'node:crypto';
import type { Redis } from 'ioredis';
import { ServerError } from '../errors.ts';
import type { Bus, BusListener, Claim, Parcel } from './bus.ts';

export interface RedisBusOptions {
  /** `redis://host:6379/0`, `rediss://…` for TLS. */
  readonly url: string;
  /** How long an instance that vanished keeps its ids. */
  readonly leaseMs: number;
  readonly onError: (error: Error) => void;
}

/** One slot for all keys, so that they may live in a Redis Cluster. */
const prefix = '{reforms}:';
const placesKey = `${prefix}places`;
const instancesKey = `${prefix}instances`;
const toAll = `${prefix}all`;
const aliveKey = (instance: string) => `${prefix}alive:${instance}`;
const toOne = (instance: string) => `${prefix}to:${instance}`;
/** Between the parts of a message. No id, no room and no frame has it: a frame is JSON, which escapes it. */
const end = '\0';

/** A place is `instance NUL secret NUL nonce`. Whose lease has run out holds nothing. */
const claimScript = `
local held = redis.call('HGET', KEYS[1], ARGV[1])
if held then
  local instance, secret = held:match('^(.-)%z(.-)%z')
  local alive = redis.call('EXISTS', ARGV[6] .. instance) == 1
  if alive and secret ~= ARGV[3] and ARGV[5] ~= '1' then return 0 end
end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2] .. '\\0' .. ARGV[3] .. '\\0' .. ARGV[4])
redis.call('PUBLISH', ARGV[7], 'j\\0' .. ARGV[1] .. '\\0' .. ARGV[2])
return 1`;

const releaseScript = `
local held = redis.call('HGET', KEYS[1], ARGV[1])
if held and held:match('^(.-)%z') == ARGV[2] and held:match('%z([^%z]*)$') == ARGV[3] then
  redis.call('HDEL', KEYS[1], ARGV[1])
  redis.call('PUBLISH', ARGV[4], 'l\\0' .. ARGV[1] .. '\\0' .. ARGV[2])
end
return 1`;

/** Frees what an instance held, once, if it is dead or says so itself. */
const buryScript = `
if ARGV[3] ~= '1' and redis.call('EXISTS', KEYS[3]) == 1 then return 0 end
redis.call('DEL', KEYS[3])
if redis.call('SREM', KEYS[2], ARGV[1]) == 0 then return 0 end
local all = redis.call('HGETALL', KEYS[1])
for at = 1, #all, 2 do
  if all[at + 1]:match('^(.-)%z') == ARGV[1] then redis.call('HDEL', KEYS[1], all[at]) end
end
redis.call('PUBLISH', ARGV[2], 'x\\0' .. ARGV[1])
return 1`;

/** Messages on their way to Redis at most; what comes on top waits in the mailbox as for an absent peer. */
const maxSending = 20_000;

export class RedisBus implements Bus {
  readonly self = randomBytes(8).toString('hex');
  readonly #options: RedisBusOptions;
  #redis: Redis | undefined;
  #subscriber: Redis | undefined;
  #listener: BusListener | undefined;
  #timer: NodeJS.Timeout | undefined;
  #sending = 0;
  #isReady = false;

  constructor(options: RedisBusOptions) {
    this.#options = options;
  }

  async open(listener: BusListener): Promise<void> {
    this.#listener = listener;
    const { Redis } = await import('ioredis');
    const options = {
      lazyConnect: true,
      enableOfflineQueue: false,
      maxRetriesPerRequest: 0,
      connectTimeout: 5_000,
      retryStrategy: (attempt: number) => Math.min(attempt * 100, 1_000),
    };
    const redis = new Redis(this.#options.url, options);
    const subscriber = new Redis(this.#options.url, options);
    [this.#redis, this.#subscriber] = [redis, subscriber];
    for (const connection of [redis, subscriber]) connection.on('error', () => {});
    try {
      await Promise.all([redis.connect(), subscriber.connect()]);
      subscriber.on('message', (channel, message) => this.#hear(channel, message));
      await subscriber.subscribe(toAll, toOne(this.self));
      await this.#announce();
    } catch {
      await this.close();
      throw new ServerError('cluster-unavailable', 'the Redis of --redis cannot be reached');
    }
    this.#isReady = true;
    for (const connection of [redis, subscriber]) {
      connection.on('close', () => this.#lost());
      connection.on('ready', () => void this.#back());
    }
    this.#timer = setInterval(() => void this.#beat(), this.#options.leaseMs / 3).unref();
  }

  async claim({ place, secret, nonce, isOwner }: Claim): Promise<boolean> {
    const told = [place, this.self, secret, nonce, isOwner ? '1' : '0', aliveKey(''), toAll];
    return (await this.#connection().eval(claimScript, 1, placesKey, ...told)) === 1;
  }

  release(place: string, nonce: string): void {
    // What cannot be said now is said by the lease, or when we are back.
    void this.#redis?.eval(releaseScript, 1, placesKey, place, this.self, nonce, toAll).catch(() => {});
  }

  async places(): Promise<ReadonlyMap<string, string>> {
    const all = await this.#connection().hgetall(placesKey);
    return new Map(Object.entries(all).map(([place, held]) => [place, held.split(end, 1)[0] ?? '']));
  }

  async send(instance: string, { place, src, type, frame }: Parcel): Promise<boolean> {
    if (!this.#redis || this.#sending >= maxSending) return false;
    this.#sending++;
    try {
      return (await this.#redis.publish(toOne(instance), [place, src, type, frame].join(end))) > 0;
    } catch {
      return false;
    } finally {
      this.#sending--;
    }
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    this.#isReady = false;
    this.#listener = undefined;
    await this.#bury(this.self, true).catch(() => {});
    this.#redis?.disconnect();
    this.#subscriber?.disconnect();
  }

  #connection(): Redis {
    if (!this.#redis) throw new ServerError('cluster-unavailable', 'Redis is not there');
    return this.#redis;
  }

  async #announce(): Promise<void> {
    const { leaseMs } = this.#options;
    await this.#connection()
      .multi()
      .sadd(instancesKey, this.self)
      .set(aliveKey(this.self), '1', 'PX', leaseMs)
      .exec();
  }

  /** Keeps the lease, and buries those who did not. */
  async #beat(): Promise<void> {
    try {
      const redis = this.#connection();
      const before = await redis.set(aliveKey(this.self), '1', 'PX', this.#options.leaseMs, 'GET');
      // We were away for longer than the lease, and buried: everybody has to be told anew.
      if (before === null) await this.#back();
      for (const instance of await redis.smembers(instancesKey))
        if (instance !== this.self) await this.#bury(instance, false);
    } catch {
      // Redis is away; its return is told by the connection.
    }
  }

  async #bury(instance: string, isSure: boolean): Promise<void> {
    const keys = [placesKey, instancesKey, aliveKey(instance)];
    await this.#redis?.eval(buryScript, 3, ...keys, instance, toAll, isSure ? '1' : '0');
  }

  #lost(): void {
    if (!this.#isReady) return;
    this.#isReady = false;
    this.#options.onError(
      new ServerError('cluster-unavailable', 'Redis is away; others are not reached until it is back'),
    );
  }

  async #back(): Promise<void> {
    if (this.#redis?.status !== 'ready' || this.#subscriber?.status !== 'ready') return;
    try {
      await this.#announce();
      await this.#subscriber.subscribe(toAll, toOne(this.self));
      this.#isReady = true;
      this.#listener?.interrupted();
    } catch {
      // Away again; it is told again.
    }
  }

  #hear(channel: string, message: string): void {
    const listener = this.#listener;
    if (!listener) return;
    if (channel === toAll) {
      const [what, first = '', instance = ''] = message.split(end);
      if (instance === this.self) return;
      if (what === 'j') listener.joined(first, instance);
      else if (what === 'l') listener.left(first, instance);
      else if (what === 'x' && first !== this.self) listener.lost(first);
      return;
    }
    const [place = '', src = '', type = ''] = message.split(end, 3);
    const frame = message.slice(place.length + src.length + type.length + 3);
    listener.arrived({ place, src, type, frame });
  }
}
