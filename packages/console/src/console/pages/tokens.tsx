// The tokens of the admin API: who may ask it, and what. For owners.

import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { Asked } from "../../parts/asked.tsx";
import { SelectField, TextField } from "../../parts/field.tsx";
import { FormDialog } from "../../parts/form-dialog.tsx";
import { Id } from "../../parts/id.tsx";
import { type Column, column, ListTable } from "../../parts/list-table.tsx";
import { Mark } from "../../parts/mark.tsx";
import { MomentField, momentOf } from "../../parts/moment-field.tsx";
import { signOut } from "../../parts/session.ts";
import { ShownOnce } from "../../parts/shown-once.tsx";
import { Submit } from "../../parts/submit.tsx";
import { Ago, Time } from "../../parts/time.tsx";
import { type Listed, type Output, useAdmin, useAdminList } from "../admin.ts";
import { useChange } from "../change.ts";

type Token = Listed<"listTokens">;

const roles = {
  support: "support: sees everything, changes nothing",
  operator: "operator: changes everything but tokens",
  owner: "owner: creates and revokes tokens, too",
} as const;

export function Tokens(): ReactNode {
  const me = useAdmin("whoAmI", {});
  return (
    <div className="page">
      <header>
        <h1>Tokens</h1>
        <p className="quiet">Whoever asks the admin API, signs in here or uses the commands.</p>
      </header>
      <Asked query={me}>
        {({ token }) =>
          token.permissions.includes("tokens") ? (
            <>
              <NewToken />
              <TokenList ownId={token.id} />
            </>
          ) : (
            <p>Only an owner sees and makes tokens. Your role is {token.role ?? "none"}.</p>
          )
        }
      </Asked>
    </div>
  );
}

const fields = ["name", "role", "expiresAtMs"];

function NewToken(): ReactNode {
  const { send, wrong, isSending, otherwise } = useChange("createToken");
  const [ends, setEnds] = useState("");
  const [made, setMade] = useState<Output<"createToken">>();
  const create = async (form: HTMLFormElement) => {
    const asked = new FormData(form);
    const name = String(asked.get("name"));
    const role = asked.get("role") as keyof typeof roles;
    const expiresAtMs = momentOf(ends);
    const body = { name, role, ...(expiresAtMs !== undefined && { expiresAtMs }) };
    const answer = await send({ body });
    if (answer === undefined) return;
    setMade(answer);
    form.reset();
    setEnds("");
  };
  return (
    <form
      className="box stack"
      aria-label="New token"
      onSubmit={(event) => {
        event.preventDefault();
        void create(event.currentTarget);
      }}
    >
      <h2>New token</h2>
      <div className="grid">
        <TextField
          label="Name"
          name="name"
          required
          maxLength={200}
          hint="Whose it is: it stands in the audit."
          wrong={wrong("name")}
        />
        <SelectField label="Role" name="role" wrong={wrong("role")}>
          {Object.entries(roles).map(([role, says]) => (
            <option key={role} value={role}>
              {says}
            </option>
          ))}
        </SelectField>
        <MomentField
          label="Ends (optional)"
          value={ends}
          onChange={setEnds}
          hint="Empty: it goes on until it is revoked."
          wrong={wrong("expiresAtMs")}
        />
      </div>
      <Submit verb="Create token" isSending={isSending} error={otherwise(fields)} />
      <ShownOnce
        title={`Token ${made?.token.name ?? ""}`}
        secret={made?.secret}
        onClose={() => setMade(undefined)}
      >
        Give it to whom it is for: it signs in here, and the commands take it from{" "}
        <code>SLUICE_ADMIN_TOKEN</code>.
      </ShownOnce>
    </form>
  );
}

function columnsFor(ownId: string, revoke: (token: Token) => void): readonly Column<Token>[] {
  return [
    column("Name", ({ id, name }) => (
      <>
        {name} {id === ownId && <Mark tone="accent">yours</Mark>}
      </>
    )),
    column("Role", ({ role, permissions }) => role ?? permissions.join(", ")),
    column("State", ({ state }) => (
      <Mark tone={state === "active" ? "good" : "plain"}>{state}</Mark>
    )),
    column("Token", ({ prefix, lastFour }) => (
      <code>
        {prefix}…{lastFour}
      </code>
    )),
    column("Created", ({ createdAtMs }) => <Ago atMs={createdAtMs} />),
    column("Ends", ({ expiresAtMs }) => (expiresAtMs === null ? "–" : <Time atMs={expiresAtMs} />)),
    column("Id", ({ id }) => <Id id={id} />),
    column("Revoke", (token) =>
      token.state === "revoked" ? (
        token.revokedAtMs !== null && <Ago atMs={token.revokedAtMs} />
      ) : (
        <button
          type="button"
          className="button bad"
          aria-label={`Revoke ${token.name}`}
          onClick={() => revoke(token)}
        >
          Revoke
        </button>
      ),
    ),
  ];
}

function TokenList({ ownId }: { readonly ownId: string }): ReactNode {
  const query = useAdminList("listTokens", {});
  const [asked, setAsked] = useState<Token>();
  return (
    <>
      <ListTable
        caption="Tokens, oldest first"
        columns={columnsFor(ownId, setAsked)}
        query={query}
        keyOf={({ id }) => id}
        empty={<p>There are no tokens beside the one that the gateway makes for itself.</p>}
      />
      <Revocation token={asked} isOwn={asked?.id === ownId} onClose={() => setAsked(undefined)} />
    </>
  );
}

function Revocation({
  token,
  isOwn,
  onClose,
}: {
  readonly token: Token | undefined;
  readonly isOwn: boolean;
  readonly onClose: () => void;
}): ReactNode {
  // Whoever ends their own has nothing more to ask.
  const { send, reset, isSending, error } = useChange(
    "revokeToken",
    isOwn ? "nothing" : "everything",
  );
  const queries = useQueryClient();
  const navigate = useNavigate();
  const close = () => {
    reset();
    onClose();
  };
  const revoke = async (tokenId: string) => {
    if ((await send({ params: { tokenId } })) === undefined) return;
    close();
    if (!isOwn) return;
    await signOut();
    queries.clear();
    await navigate({ to: "/sign-in" });
  };
  return (
    <FormDialog
      title={`Revoke “${token?.name ?? ""}”?`}
      verb={isOwn ? "Revoke, and sign me out" : "Revoke"}
      tone="bad"
      isOpen={token !== undefined}
      onClose={close}
      isSending={isSending}
      error={error}
      onSubmit={() => token && void revoke(token.id)}
    >
      <p>
        It ends at once and for ever, with every session that was opened with it.
        {isOwn && " It is the one that you are signed in with."}
      </p>
    </FormDialog>
  );
}
