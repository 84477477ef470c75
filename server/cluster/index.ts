// takes a configuration, gives the bus it asks for.

import type { ServerConfig } from '../config.ts';
import type { Bus } from './bus.ts';
import { RedisBus } from './redis-bus.ts';

/** Undefined for a server that is alone. */
export function createBus({ redis, limits, onError }: ServerConfig): Bus | undefined {
  return redis === undefined ? undefined : new RedisBus({ url: redis, leaseMs: limits.leaseMs, onError });
}
