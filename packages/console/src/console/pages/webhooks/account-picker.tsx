// Leads to the webhook of an account.

import { useNavigate } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { TextField } from "../../../parts/field.tsx";

export function AccountPicker(): ReactNode {
  const navigate = useNavigate();
  const [id, setId] = useState("");
  return (
    <form
      className="filters"
      aria-label="An account’s webhook"
      onSubmit={(event) => {
        event.preventDefault();
        void navigate({ to: "/webhooks/$accountId", params: { accountId: id.trim() } });
      }}
    >
      <TextField
        label="Webhook of account"
        required
        value={id}
        onChange={({ target }) => setId(target.value)}
      />
      <button type="submit" className="button">
        Show webhook
      </button>
    </form>
  );
}
