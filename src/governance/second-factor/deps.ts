import type { Clock } from '../../base/clock.ts';
import type { Store } from '../../domain/store.ts';
import type { Audit } from '../audit/append.ts';

/** Where the secret is kept, with the other keys of the profile. */
export interface SecretPlace {
  get(): Promise<string | undefined>;
  set(secret: string): Promise<unknown>;
  remove(): Promise<unknown>;
}

export interface SecondFactorDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly audit: Audit;
  readonly secrets: SecretPlace;
  /** Told once each time that too many codes were refused; milliseconds since 1970. Must not throw. */
  readonly onLocked: (until: number) => void;
}
