// The tokens of the admin API: who may ask it, and what. For owners.

import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, type ReactNode, useState } from "react";
import { Asked } from "../../parts/asked.tsx";
import { SelectField, TextField } from "../../parts/field.tsx";
import { Id } from "../../parts/id.tsx";
import { type Column, column, ListTable } from "../../parts/list-table.tsx";
import { Mark } from "../../parts/mark.tsx";
import { signOut } from "../../parts/session.ts";
import { ShownOnce } from "../../parts/shown-once.tsx";
import { Submit } from "../../parts/submit.tsx";
import { Sure } from "../../parts/sure.tsx";
import { Ago, Time, zone } from "../../parts/time.tsx";
import { type Listed, useAdmin, useAdminList } from "../admin.ts";
import { otherwiseWrong, useChange, wrongWith } from "../change.ts";

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

function NewToken(): ReactNode {
  const creating = useChange("createToken", ["listTokens"]);
  const [expires, setExpires] = useState("");
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const asked = new FormData(form);
    const name = String(asked.get("name"));
    const role = asked.get("role") as keyof typeof roles;
    const end = expires === "" ? {} : { expiresAtMs: new Date(expires).getTime() };
    creating.mutate(
      { body: { name, role, ...end } },
      {
        onSuccess() {
          form.reset();
          setExpires("");
        },
      },
    );
  };
  return (
    <form className="box stack" aria-label="New token" onSubmit={submit}>
      <h2>New token</h2>
      <div className="grid">
        <TextField
          label="Name"
          name="name"
          required
          maxLength={200}
          hint="Whose it is: it stands in the audit."
          wrong={wrongWith(creating.error, "name")}
        />
        <SelectField label="Role" name="role" wrong={wrongWith(creating.error, "role")}>
          {Object.entries(roles).map(([role, says]) => (
            <option key={role} value={role}>
              {says}
            </option>
          ))}
        </SelectField>
        <TextField
          label="Ends"
          type="datetime-local"
          value={expires}
          onChange={({ target }) => setExpires(target.value)}
          hint={`In your zone, ${zone}. Empty: it goes on until it is revoked.`}
          wrong={wrongWith(creating.error, "expiresAtMs")}
        />
      </div>
      <Submit
        verb="Create token"
        isBusy={creating.isPending}
        error={otherwiseWrong(creating.error, ["name", "role", "expiresAtMs"])}
      />
      <ShownOnce
        title={`Token ${creating.data?.token.name ?? ""}`}
        secret={creating.data?.secret}
        onClose={() => creating.reset()}
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
  const revoking = useChange("revokeToken", isOwn ? [] : ["listTokens"]);
  const queries = useQueryClient();
  const navigate = useNavigate();
  const close = () => {
    revoking.reset();
    onClose();
  };
  const revoke = async (tokenId: string) => {
    await revoking.mutateAsync({ params: { tokenId } });
    close();
    if (!isOwn) return;
    await signOut();
    queries.clear();
    await navigate({ to: "/sign-in" });
  };
  return (
    <Sure
      title={`Revoke ${token?.name ?? ""}?`}
      verb={isOwn ? "Revoke, and sign me out" : "Revoke"}
      isOpen={token !== undefined}
      isBusy={revoking.isPending}
      error={revoking.error}
      onClose={close}
      onYes={() => token && void revoke(token.id).catch(() => undefined)}
    >
      <p>
        It ends at once and for ever, with every session that was opened with it.
        {isOwn && " It is the one that you are signed in with."}
      </p>
    </Sure>
  );
}
