// What a token may do: a role is a set of permissions, and each operation asks for one of them.

export const permissions = ["read", "write", "tokens"] as const;
export type Permission = (typeof permissions)[number];

export const roles = {
  /** Sees everything, and changes nothing. */
  support: ["read"],
  /** Changes everything but tokens. */
  operator: ["read", "write"],
  owner: ["read", "write", "tokens"],
} as const satisfies Record<string, readonly Permission[]>;

export type Role = keyof typeof roles;

export const roleNames = Object.keys(roles) as [Role, ...Role[]];

/** The role that has exactly these permissions; undefined where there is none. */
export function roleOf(held: readonly string[] | undefined): Role | undefined {
  return roleNames.find((name) => {
    const wanted: readonly string[] = roles[name];
    return (
      wanted.length === held?.length && wanted.every((permission) => held.includes(permission))
    );
  });
}
