// A new workspace or project, and the budget of anything that can have one.

import { type ReactNode, useState } from "react";
import { SelectField, TextField } from "../../../parts/field.tsx";
import { FormDialog } from "../../../parts/form-dialog.tsx";
import { wholeNumber, wholeNumberWrong } from "../../../parts/whole-number.ts";
import type { Listed } from "../../admin.ts";
import { useChange } from "../../change.ts";
import { useAccountId } from "./account.tsx";
import type { Branch } from "./scope-tree.ts";

type Workspace = Listed<"listWorkspaces">;

export function NewWorkspace(): ReactNode {
  const accountId = useAccountId();
  const { send, ...submit } = useChange("createWorkspace");
  return (
    <NewScope
      title="New workspace"
      {...submit}
      create={(body) => send({ params: { accountId }, body })}
    />
  );
}

export function NewProject({
  workspaces,
}: {
  readonly workspaces: readonly Workspace[];
}): ReactNode {
  const accountId = useAccountId();
  const [chosen, choose] = useState("");
  const { send, ...submit } = useChange("createProject");
  const workspaceId = chosen || (workspaces[0]?.id ?? "");
  if (workspaces.length === 0) return undefined;
  return (
    <NewScope
      title="New project"
      {...submit}
      create={(body) => send({ params: { accountId }, body: { ...body, workspaceId } })}
    >
      <SelectField
        label="In the workspace"
        value={workspaceId}
        onChange={({ target }) => choose(target.value)}
        wrong={submit.wrong("workspaceId")}
      >
        {workspaces.map(({ id, name }) => (
          <option key={id} value={id}>
            {name} ({id})
          </option>
        ))}
      </SelectField>
    </NewScope>
  );
}

interface NewScopeProps {
  readonly title: string;
  readonly isSending: boolean;
  readonly error: unknown;
  readonly wrong: (param: string) => string | undefined;
  readonly create: (draft: { name: string; budget?: number }) => Promise<unknown>;
  readonly children?: ReactNode;
}

function NewScope({ title, isSending, error, wrong, create, children }: NewScopeProps): ReactNode {
  const [isOpen, setOpen] = useState(false);
  const [name, setName] = useState("");
  const [text, setText] = useState("");
  const wrongs = { name: wrong("name"), budget: wholeNumberWrong(text) ?? wrong("budget") };
  const submit = async () => {
    if (wholeNumberWrong(text) !== undefined) return;
    const budget = wholeNumber(text);
    const made = await create({ name, ...(budget !== undefined && { budget }) });
    if (made === undefined) return;
    setName("");
    setText("");
    setOpen(false);
  };
  return (
    <>
      <button type="button" className="button" onClick={() => setOpen(true)}>
        {title}
      </button>
      <FormDialog
        title={title}
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        verb="Create"
        isSending={isSending}
        error={wrongs.name === undefined && wrongs.budget === undefined ? error : undefined}
        onSubmit={() => void submit()}
      >
        <TextField
          label="Name"
          required
          value={name}
          onChange={({ target }) => setName(target.value)}
          wrong={wrongs.name}
        />
        {children}
        <BudgetField value={text} onChange={setText} wrong={wrongs.budget} />
      </FormDialog>
    </>
  );
}

export function BudgetField({
  onChange,
  ...field
}: {
  readonly value: string;
  readonly onChange: (text: string) => void;
  readonly wrong: string | undefined;
}): ReactNode {
  return (
    <TextField
      label="Budget, in credits"
      inputMode="numeric"
      {...field}
      onChange={({ target }) => onChange(target.value)}
      hint="A cap on each calendar month (UTC). Empty: no cap."
    />
  );
}

export function SetBudget({ branch }: { readonly branch: Branch }): ReactNode {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        className="button plain"
        aria-label={`Set budget of ${branch.name}`}
        onClick={() => setOpen(true)}
      >
        Set budget
      </button>
      {isOpen && <BudgetForm branch={branch} onClose={() => setOpen(false)} />}
    </>
  );
}

interface BudgetFormProps {
  readonly branch: Branch;
  readonly onClose: () => void;
}

function BudgetForm({ branch, onClose }: BudgetFormProps): ReactNode {
  const { budget, kind, name, id } = branch;
  const [text, setText] = useState(budget?.cap.toString() ?? "");
  const { set, submit } = useSetBudget(kind, id);
  const wrong = wholeNumberWrong(text) ?? submit.wrong("budget");
  const save = async () => {
    if (wholeNumberWrong(text) !== undefined) return;
    if ((await set(wholeNumber(text) ?? null)) !== undefined) onClose();
  };
  return (
    <FormDialog
      title={`Budget of the ${kind} “${name}”`}
      isOpen
      onClose={onClose}
      verb="Set budget"
      isSending={submit.isSending}
      error={wrong === undefined ? submit.error : undefined}
      onSubmit={() => void save()}
    >
      <BudgetField value={text} onChange={setText} wrong={wrong} />
    </FormDialog>
  );
}

function useSetBudget(kind: Branch["kind"], id: string) {
  const accountId = useAccountId();
  const workspace = useChange("changeWorkspace");
  const project = useChange("changeProject");
  const key = useChange("changeKey");
  const set = (budget: number | null): Promise<unknown> => {
    const body = { budget };
    if (kind === "workspace")
      return workspace.send({ params: { accountId, workspaceId: id }, body });
    if (kind === "project") return project.send({ params: { accountId, projectId: id }, body });
    return key.send({ params: { accountId, keyId: id }, body });
  };
  return { set, submit: { workspace, project, key }[kind] };
}
