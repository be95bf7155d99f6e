/**
 * A yes that stands: it answers what would otherwise be asked, for exactly what it says, and the
 * decision is taken again. Shown to people exactly as it is kept.
 */
export interface StandingApproval {
  readonly id: string;
  readonly agent: string;
  readonly action: string;
  /** Name of the jail; a standing approval never reaches beyond one. */
  readonly jail: string;
  /** `channel/sender` of the message that must have led to the request. */
  readonly sender: string;
  /** Real path of the program. */
  readonly program: string;
  /** Its arguments, token by token: exactly these, or these and then any others. */
  readonly words: readonly string[];
  readonly extent: 'exact' | 'prefix';
  readonly createdAt: number;
  readonly expiresAt: number;
  readonly lastUsedAt?: number;
  readonly uses: number;
}
