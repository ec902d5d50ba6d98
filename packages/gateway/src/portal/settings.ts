// Where customers look after what they bought.

export interface PortalSettings {
  /** On the public listener, whatever the mounts are: `/portal`. Everything below it belongs to it. */
  readonly path: string;
}

export const portalPathStandard = "/portal";
