/** Where the offline planner keeps what an owner's own phrases stand for. Texts are keys: taken as they are. */
export interface PhraseDoor {
  find(text: string): Promise<string | undefined>;
  /** `canonical` is a phrase or command that is understood as it stands. */
  remember(text: string, canonical: string): Promise<void>;
}
