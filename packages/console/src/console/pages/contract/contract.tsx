// One contract: its catalogue, its operations and its plans, searched and side by side.

import { getRouteApi, Link } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { Asked } from "../../../parts/asked.tsx";
import { Facts } from "../../../parts/facts.tsx";
import { TextField } from "../../../parts/field.tsx";
import { type Api, useApi } from "./api.ts";
import { Codes } from "./codes.tsx";
import { Operations } from "./operations.tsx";
import { Plans } from "./plans.tsx";
import { views } from "./search.ts";

const here = getRouteApi("/inside/contract/$api");

const names = { codes: "Codes", operations: "Operations", plans: "Plans and limits" } as const;

export function Contract(): ReactNode {
  const { api: title } = here.useParams();
  return (
    <div className="page">
      <nav className="crumbs" aria-label="Where">
        <Link to="/contract">Contracts</Link>
      </nav>
      <Asked query={useApi(title)}>
        {(api) => (api === null ? <NotServed title={title} /> : <Shown api={api} />)}
      </Asked>
    </div>
  );
}

export function NotServed({ title }: { readonly title: string }): ReactNode {
  return <p className="empty">No contract “{title}” is served here.</p>;
}

function Shown({ api }: { readonly api: Api }): ReactNode {
  const { view = "codes", search = "" } = here.useSearch();
  return (
    <>
      <header>
        <h1>{api.title}</h1>
        <Link to="/contract/$api/refusal" params={{ api: api.title }}>
          Simulate a refusal
        </Link>
      </header>
      <Facts
        facts={{
          "Base path": <code>{api.basePath}</code>,
          Keys: <Keys prefixes={api.prefixes} />,
          Documents: <Docs docs={api.docs} />,
          Support: api.support,
        }}
      />
      <nav className="tabs" aria-label="Parts of the contract">
        {views.map((one) => (
          <Link
            key={one}
            to="/contract/$api"
            params={{ api: api.title }}
            search={(before) => ({ ...before, view: one })}
            aria-current={one === view ? "page" : undefined}
          >
            {names[one]}
          </Link>
        ))}
      </nav>
      {view !== "plans" && <Find view={view} />}
      {view === "codes" && <Codes api={api} search={search} />}
      {view === "operations" && <Operations api={api} search={search} />}
      {view === "plans" && <Plans api={api} />}
    </>
  );
}

function Keys({ prefixes: { live, test } }: Pick<Api, "prefixes">): ReactNode {
  return (
    <>
      <code>{live}</code>
      {test !== null && (
        <>
          , for tests <code>{test}</code>
        </>
      )}
    </>
  );
}

/** An address that leads on from wherever callers reach the API, leads nowhere from here. */
function Docs({ docs }: Pick<Api, "docs">): ReactNode {
  if (docs === null) return "none";
  return /^https?:/.test(docs) ? <a href={docs}>{docs}</a> : <code>{docs}</code>;
}

/** The address follows what is typed, and may be later than the next letter. */
function Find({ view }: { readonly view: "codes" | "operations" }): ReactNode {
  const { search = "" } = here.useSearch();
  const navigate = here.useNavigate();
  const [typed, setTyped] = useState(search);
  const find = (text: string) => {
    setTyped(text);
    const found = { view, ...(text !== "" && { search: text }) };
    void navigate({ search: found, replace: true, resetScroll: false });
  };
  return (
    <TextField
      label={view === "codes" ? "Search codes" : "Search operations"}
      type="search"
      value={typed}
      onChange={({ target }) => find(target.value)}
    />
  );
}
