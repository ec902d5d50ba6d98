// The workspace and the project that a key belongs to, if it belongs to one.

import type { ReactNode } from "react";
import { SelectField } from "../../../parts/field.tsx";
import { useEverything } from "../../everything.ts";

export interface Scope {
  readonly workspaceId?: string;
  readonly projectId?: string;
}

export interface ScopeFieldsProps {
  readonly accountId: string;
  readonly scope: Scope;
  readonly onChange: (scope: Scope) => void;
  readonly wrong: string | undefined;
}

export function ScopeFields({ accountId, scope, onChange, wrong }: ScopeFieldsProps): ReactNode {
  const input = { params: { accountId } };
  const workspaces = useEverything("listWorkspaces", input).data?.rows ?? [];
  const projects = useEverything("listProjects", input).data?.rows ?? [];
  const inIt = projects.filter(({ workspaceId }) => workspaceId === scope.workspaceId);
  if (workspaces.length === 0) return undefined;
  return (
    <>
      <SelectField
        label="Workspace"
        value={scope.workspaceId ?? ""}
        onChange={({ target: { value } }) => onChange(value === "" ? {} : { workspaceId: value })}
        wrong={wrong}
      >
        <option value="">none: the account itself</option>
        {workspaces.map(({ id, name }) => (
          <option key={id} value={id}>
            {name} ({id})
          </option>
        ))}
      </SelectField>
      {inIt.length > 0 && (
        <SelectField
          label="Project"
          value={scope.projectId ?? ""}
          onChange={({ target: { value } }) => {
            const { projectId: _, ...workspace } = scope;
            onChange(value === "" ? workspace : { ...workspace, projectId: value });
          }}
        >
          <option value="">none</option>
          {inIt.map(({ id, name }) => (
            <option key={id} value={id}>
              {name} ({id})
            </option>
          ))}
        </SelectField>
      )}
    </>
  );
}
