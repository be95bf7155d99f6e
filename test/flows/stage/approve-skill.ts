import { atom } from './atom.ts';
import type { Profile } from './profile.ts';

/** Approves a skill as it lies there now, as its owner would after a look. */
export async function approveSkill(profile: Profile, id: string): Promise<void> {
  const shown = await atom(profile, ['skills', 'check', id, '--json']);
  const { plan } = JSON.parse(shown.out) as { readonly plan: { readonly digest: string } };
  const { code, err } = await atom(profile, ['skills', 'approve', id, '--digest', plan.digest]);
  if (code !== 0) throw new Error(`not approved: ${err}`);
}
