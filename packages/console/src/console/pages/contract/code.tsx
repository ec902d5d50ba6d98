// One code of the catalogue: in words for callers, and as bytes.

import { getRouteApi, Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { Asked } from "../../../parts/asked.tsx";
import { Facts } from "../../../parts/facts.tsx";
import { Copy } from "../../../parts/id.tsx";
import { StatusMark } from "../../../parts/mark.tsx";
import { Markdown } from "../../../parts/markdown.tsx";
import { type Api, type Code, useApi } from "./api.ts";
import { RefusalBytes } from "./bytes.tsx";
import { actions, retries } from "./codes.tsx";
import { NotServed } from "./contract.tsx";
import { OnTheWire } from "./on-the-wire.tsx";

const here = getRouteApi("/inside/contract/$api/codes/$code");

export function OneCode(): ReactNode {
  const { api: title, code } = here.useParams();
  return (
    <div className="page">
      <nav className="crumbs" aria-label="Where">
        <Link to="/contract/$api" params={{ api: title }}>
          {title}
        </Link>
      </nav>
      <Asked query={useApi(title)}>
        {(api) => {
          const found = api?.codes.find((one) => one.code === code);
          if (api === null) return <NotServed title={title} />;
          if (found === undefined) return <p className="empty">It has no code “{code}”.</p>;
          return <Shown api={api} code={found} />;
        }}
      </Asked>
    </div>
  );
}

function Shown({ api, code }: { readonly api: Api; readonly code: Code }): ReactNode {
  const [condition] = code.conditions;
  return (
    <>
      <header>
        <h1>
          <code>{code.code}</code>
        </h1>
      </header>
      <Facts
        facts={{
          Status: <StatusMark status={code.status} />,
          Type: code.type,
          Message: code.message,
          Action: actions[code.action] ?? code.action,
          "Try again": retries[code.retry] ?? code.retry,
          Documents: <HelpLink api={api} code={code.code} />,
        }}
      />
      <div className="grid">
        <Words title="What happened" text={code.whatHappened} />
        <Words title="How to fix it" text={code.howToFix} />
        <Words title="What to show an end user" text={code.endUser} />
      </div>
      <OnTheWire api={api} code={code} />
      {condition === undefined ? (
        <p>
          Only some operations or fields are refused with it.{" "}
          <Link
            to="/contract/$api/refusal"
            params={{ api: api.title }}
            search={{ condition: "invalid_field" }}
          >
            Simulate one
          </Link>
        </p>
      ) : (
        <>
          <h2>As a caller gets it</h2>
          <RefusalBytes api={api.title} asked={{ condition }} />
        </>
      )}
    </>
  );
}

function Words({ title, text }: { readonly title: string; readonly text: string }): ReactNode {
  return (
    <section className="box" aria-label={title}>
      <h2>{title}</h2>
      <Markdown text={text} />
    </section>
  );
}

/** Documents may be at a path of the public listener, which this page does not know. */
export function HelpLink({
  api: { docs },
  code,
}: {
  readonly api: Api;
  readonly code: string;
}): ReactNode {
  if (docs === null) return "none";
  const url = `${docs.replace(/\/$/, "")}/errors/${code}`;
  if (/^https?:/.test(url)) return <a href={url}>{url}</a>;
  return (
    <span className="id">
      <code>{url}</code> <Copy text={url} label="path of the page" />
    </span>
  );
}
