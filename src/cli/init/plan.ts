/** Everything that setting up a profile decides. Nothing of it is written before it is complete. */
export interface Plan {
  /** As it was typed; may begin with ~. */
  readonly folder: string;
  readonly model: string;
  readonly apiKey?: string;
  readonly telegram?: { readonly token?: string; readonly allow: readonly string[] };
}

/** What nobody chose otherwise. A further profile has a folder of its own: what works there is another agent. */
export const defaultPlan = (profile: string): Plan => ({
  folder: `~/atom-${profile === 'default' ? 'work' : profile}`,
  model: 'offline',
});

/** The provider's name in a model id; undefined for `offline`. */
export const providerOf = (model: string): string | undefined =>
  model === 'offline' ? undefined : model.split('/')[0];
