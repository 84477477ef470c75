// takes nothing, gives the shape of what joins several instances to one server: Redis, or the first of some workers.

/** One message on its way to another instance. Places, as everywhere in the server. */
export interface Parcel {
  readonly place: string;
  /** Who sent it, to be told if nobody comes for it; empty for what waits for nobody. */
  readonly src: string;
  readonly type: string;
  readonly frame: string;
}

/** A place that somebody asks for. */
export interface Claim {
  readonly place: string;
  /** Hash of what takes the place back. */
  readonly secret: string;
  /** Names this very claim, so that an older one cannot give the place up. */
  readonly nonce: string;
  /** Whether it is theirs whatever the secret, see `admission.ts`. */
  readonly isOwner: boolean;
}

/** What other instances do. Told in the order in which it happened to each place. */
export interface BusListener {
  /** Another instance holds the place now, whoever held it before. */
  joined(place: string, instance: string): void;
  left(place: string, instance: string): void;
  /** An instance is gone with everybody on it. */
  lost(instance: string): void;
  arrived(parcel: Parcel): void;
  /** The others may have forgotten us, and we may have missed something. */
  interrupted(): void;
}

export interface Bus {
  /** Name of this instance, new at every start. */
  readonly self: string;
  /** Joins the others. @throws {ServerError} `cluster-unavailable` */
  open(listener: BusListener): Promise<void>;
  /** Takes the place unless somebody else has it. Rejects when nobody can tell. */
  claim(claim: Claim): Promise<boolean>;
  /** Gives the place up, if this claim still holds it. */
  release(place: string, nonce: string): void;
  /** Every place and the instance that holds it. Rejects when nobody can tell. */
  places(): Promise<ReadonlyMap<string, string>>;
  /** Resolves to whether the instance was there to take it; never rejects. In order. */
  send(instance: string, parcel: Parcel): Promise<boolean>;
  /** Leaves, with all places. */
  close(): Promise<void>;
}
