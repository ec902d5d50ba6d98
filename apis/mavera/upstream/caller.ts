// Who is calling, as whoever stands before this API tells it: plain data, believed without proof.

export interface Caller {
  readonly accountId: string;
  /** Where the call belongs when its body does not say so. */
  readonly workspaceId?: string;
  readonly projectId?: string;
  readonly keyId: string;
  readonly plan: string;
  readonly limits: Readonly<Record<string, number>>;
  /** By which the end of a job is told, long after the call that started it. */
  readonly requestId: string;
}
