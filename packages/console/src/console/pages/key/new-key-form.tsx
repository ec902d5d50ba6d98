// What a new key is asked for: its name, what it may do, whose it is inside the account, its budget and its end.

import { type ReactNode, useState } from "react";
import { SelectField, TextField } from "../../../parts/field.tsx";
import { FormDialog } from "../../../parts/form-dialog.tsx";
import { MomentField, momentOf } from "../../../parts/moment-field.tsx";
import { wholeNumber, wholeNumberWrong } from "../../../parts/whole-number.ts";
import { useAdmin } from "../../admin.ts";
import { useChange } from "../../change.ts";
import { useEverything } from "../../everything.ts";
import { type Api, useApiOf } from "../../plan-parts.ts";
import { BudgetField } from "../account/scope-forms.tsx";
import { Permissions } from "./permissions.tsx";
import { type Scope, ScopeFields } from "./scope-fields.tsx";

export interface Made {
  readonly secret: string;
  readonly api: string | null;
  readonly name: string;
}

export interface NewKeyFormProps {
  readonly accountId: string;
  readonly onClose: () => void;
  readonly onMade: (made: Made) => void;
}

interface Draft {
  readonly name: string;
  readonly environment: "live" | "test";
  readonly api: string;
  readonly permissions: readonly string[] | null;
  readonly scope: Scope;
  readonly budget: string;
  readonly ends: string;
}

const blank: Draft = {
  ...{ name: "", environment: "live", api: "", permissions: null },
  ...{ scope: {}, budget: "", ends: "" },
} as const;

const fields = [
  ...["name", "environment", "api", "permissions", "budget"],
  ...["workspaceId", "projectId", "expiresAtMs"],
];

export function NewKeyForm({ accountId, onClose, onMade }: NewKeyFormProps): ReactNode {
  const [draft, setDraft] = useState<Draft>(blank);
  const change = (changed: Partial<Draft>) => setDraft({ ...draft, ...changed });
  const fitting = useFittingApis(accountId);
  const apis = fitting ?? [];
  const usual = useApiOf(accountId);
  const chosen = draft.api || usual;
  const api = apis.find(({ title }) => title === chosen) ?? apis[0];
  const { send, wrong, isSending, otherwise } = useChange("createKey");
  const budgetWrong = wholeNumberWrong(draft.budget) ?? wrong("budget");
  const create = async () => {
    if (wholeNumberWrong(draft.budget) !== undefined) return;
    const made = await send({ params: { accountId }, body: bodyOf(draft, api?.title) });
    if (made !== undefined) onMade({ secret: made.secret, api: made.key.api, name: made.key.name });
  };
  return (
    <FormDialog
      title="New key"
      isOpen
      onClose={onClose}
      verb="Create key"
      isSending={isSending}
      isReady={fitting !== undefined && usual !== undefined}
      error={otherwise(fields)}
      onSubmit={() => void create()}
    >
      <TextField
        label="Name"
        required
        value={draft.name}
        onChange={({ target }) => change({ name: target.value })}
        wrong={wrong("name")}
      />
      <WhatItOpens draft={draft} apis={apis} api={api} onChange={change} wrong={wrong} />
      <ScopeFields
        accountId={accountId}
        scope={draft.scope}
        onChange={(scope) => change({ scope })}
        wrong={wrong("workspaceId") ?? wrong("projectId")}
      />
      <BudgetField
        value={draft.budget}
        onChange={(budget) => change({ budget })}
        wrong={budgetWrong}
      />
      <MomentField
        label="Ends (optional)"
        value={draft.ends}
        onChange={(ends) => change({ ends })}
        wrong={wrong("expiresAtMs")}
        hint="From then on it is refused."
      />
    </FormDialog>
  );
}

interface WhatItOpensProps {
  readonly draft: Draft;
  readonly apis: readonly Api[];
  readonly api: Api | undefined;
  readonly onChange: (changed: Partial<Draft>) => void;
  readonly wrong: (param: string) => string | undefined;
}

function WhatItOpens({ draft, apis, api, onChange, wrong }: WhatItOpensProps): ReactNode {
  return (
    <>
      {apis.length > 1 && (
        <SelectField
          label="Contract"
          value={api?.title}
          onChange={({ target }) => onChange({ api: target.value, permissions: null })}
          wrong={wrong("api")}
        >
          {apis.map(({ title }) => (
            <option key={title}>{title}</option>
          ))}
        </SelectField>
      )}
      <SelectField
        label="Environment"
        value={draft.environment}
        onChange={({ target }) => onChange({ environment: target.value as Draft["environment"] })}
        wrong={wrong("environment")}
      >
        <option value="live">live</option>
        {api?.prefixes.test != null && (
          <option value="test">test: never charged, refusals on demand</option>
        )}
      </SelectField>
      <Permissions
        all={api?.permissions ?? []}
        chosen={draft.permissions}
        onChange={(permissions) => onChange({ permissions })}
        wrong={wrong("permissions")}
      />
    </>
  );
}

/** The contracts that have the account's plan; undefined until all of it is known. */
function useFittingApis(accountId: string): readonly Api[] | undefined {
  const account = useAdmin("getAccount", { params: { accountId } }).data;
  const plans = useEverything("listPlans", {}).data?.rows;
  const apis = useEverything("listApis", {}).data?.rows;
  if (account === undefined || plans === undefined || apis === undefined) return undefined;
  const fitting = plans.filter(({ name }) => name === account.plan).map(({ api }) => api);
  return apis.filter(({ title }) => fitting.includes(title));
}

function bodyOf(draft: Draft, api: string | undefined) {
  const { name, environment, permissions, scope, ends } = draft;
  const budget = wholeNumber(draft.budget);
  const expiresAtMs = momentOf(ends);
  return {
    name,
    environment,
    ...(api !== undefined && { api }),
    ...(permissions !== null && { permissions: [...permissions] }),
    ...scope,
    ...(budget !== undefined && { budget }),
    ...(expiresAtMs !== undefined && { expiresAtMs }),
  };
}
