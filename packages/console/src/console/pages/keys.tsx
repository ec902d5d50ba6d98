// A key found by its id, whosever it is.

import { Link, useNavigate } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { TextField } from "../../parts/field.tsx";

export function Keys(): ReactNode {
  const navigate = useNavigate();
  const [id, setId] = useState("");
  return (
    <div className="page">
      <header>
        <h1>Keys</h1>
      </header>
      <form
        className="filters"
        onSubmit={(event) => {
          event.preventDefault();
          void navigate({ to: "/keys/$keyId", params: { keyId: id.trim() } });
        }}
      >
        <TextField
          label="Id of a key"
          required
          value={id}
          onChange={({ target }) => setId(target.value)}
        />
        <button type="submit" className="button">
          Find
        </button>
      </form>
      <p className="quiet">
        The log names the key of each request by its id. The keys of one customer are on the page of
        their account: <Link to="/accounts">find it</Link>. Never paste a secret here.
      </p>
    </div>
  );
}
