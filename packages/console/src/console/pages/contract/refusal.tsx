// Any refusal of a contract: a condition, at an operation, for a field; and the answer that it becomes.

import { getRouteApi, Link } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { Asked } from "../../../parts/asked.tsx";
import { SelectField, TextField } from "../../../parts/field.tsx";
import { type Api, useApi } from "./api.ts";
import { RefusalBytes } from "./bytes.tsx";
import { HelpLink } from "./code.tsx";
import { NotServed } from "./contract.tsx";
import { OnTheWire } from "./on-the-wire.tsx";
import { refusalSearch } from "./search.ts";

const here = getRouteApi("/inside/contract/$api/refusal");

export function SimulatedRefusal(): ReactNode {
  const { api: title } = here.useParams();
  return (
    <div className="page">
      <nav className="crumbs" aria-label="Where">
        <Link to="/contract/$api" params={{ api: title }}>
          {title}
        </Link>
      </nav>
      <header>
        <h1>Simulate a refusal</h1>
      </header>
      <Asked query={useApi(title)}>
        {(api) => (api === null ? <NotServed title={title} /> : <Simulation api={api} />)}
      </Asked>
    </div>
  );
}

function conditionsOf({ codes }: Api): readonly string[] {
  return codes.flatMap(({ conditions }) => conditions).sort();
}

function Simulation({ api }: { readonly api: Api }): ReactNode {
  const { condition, operation, param } = here.useSearch();
  const conditions = conditionsOf(api);
  const chosen = condition ?? (operation === undefined ? undefined : "rate_limited");
  const [typed, setTyped] = useState(param ?? "");
  const navigate = here.useNavigate();
  const choose = (change: Readonly<Record<string, string>>) => {
    const search = refusalSearch({ condition: chosen, operation, param: typed, ...change });
    void navigate({ search, replace: true, resetScroll: false });
  };
  return (
    <>
      <form
        className="filters"
        aria-label="Which refusal"
        onSubmit={(event) => {
          event.preventDefault();
          choose({});
        }}
      >
        <SelectField
          label="Condition"
          value={chosen ?? ""}
          onChange={({ target }) => choose({ condition: target.value })}
        >
          <option value="">Choose one</option>
          {conditions.map((one) => (
            <option key={one}>{one}</option>
          ))}
        </SelectField>
        <SelectField
          label="Operation"
          value={operation ?? ""}
          onChange={({ target }) => choose({ operation: target.value })}
        >
          <option value="">Any operation</option>
          {api.operations.map(({ name }) => (
            <option key={name}>{name}</option>
          ))}
        </SelectField>
        <TextField
          label="Field or parameter"
          value={typed}
          onChange={({ target }) => setTyped(target.value)}
          onBlur={() => typed !== (param ?? "") && choose({})}
        />
        <button type="submit" className="button">
          Show
        </button>
      </form>
      {chosen === undefined ? (
        <p className="empty">Choose a condition to see what a caller gets.</p>
      ) : (
        <Result api={api} condition={chosen} />
      )}
    </>
  );
}

function Result({ api, condition }: { readonly api: Api; readonly condition: string }): ReactNode {
  const { operation, param } = here.useSearch();
  const asked = { condition, ...(operation && { operation }), ...(param && { param }) };
  return (
    <RefusalBytes api={api.title} asked={asked}>
      {({ code }) => (
        <>
          <OnTheWire api={api} code={{ code }} />
          <p>
            What it says to callers:{" "}
            <Link to="/contract/$api/codes/$code" params={{ api: api.title, code }}>
              <code>{code}</code>
            </Link>
            , in the documents <HelpLink api={api} code={code} />
          </p>
        </>
      )}
    </RefusalBytes>
  );
}
