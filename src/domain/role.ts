/** What somebody may do, least first. Guests chat and nothing else; what members want done, owners are asked about. */
export const roles = ['guest', 'member', 'owner'] as const;
export type Role = (typeof roles)[number];

/** True where the first may do more than the second. */
export const outranks = (role: Role, other: Role): boolean =>
  roles.indexOf(role) > roles.indexOf(other);
