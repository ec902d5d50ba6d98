// Where to go on from one request: others that have something in common with it.

import type { ReactNode } from "react";
import { MINUTE_MS } from "sluice/base";
import { RequestsLink } from "../../links.tsx";
import type { RequestSearch } from "../requests/search.ts";
import type { Explanation } from "./explanation.ts";

const aroundMs = MINUTE_MS;

export function Beside({ request }: { readonly request: Explanation["request"] }): ReactNode {
  const { accountId, keyId, code, operation, atMs, clientRequestId, api } = request;
  const around = { from: Math.max(0, atMs - aroundMs), to: atMs + aroundMs };
  const links: (readonly [string, RequestSearch] | false)[] = [
    keyId !== null && code !== null && ["of this key with this code", { key: keyId, code }],
    keyId !== null && ["of this key", { key: keyId }],
    keyId !== null && ["of this key, a minute before and after", { key: keyId, ...around }],
    accountId !== null &&
      code !== null && ["of this account with this code", { account: accountId, code }],
    accountId !== null && ["of this account that were refused", refusedOf(accountId)],
    code !== null && ["with this code, of anybody", { code, api }],
    operation !== null && ["of this operation", { operation, api }],
    clientRequestId !== null && ["with this client request id", { client: clientRequestId }],
    keyId === null && ["a minute before and after", around],
  ];
  return (
    <nav className="box" aria-labelledby="beside-title">
      <h2 id="beside-title">Other requests</h2>
      <ul className="plain-list">
        {links.map(
          (link) =>
            link !== false && (
              <li key={link[0]}>
                <RequestsLink search={link[1]}>{link[0]}</RequestsLink>
              </li>
            ),
        )}
      </ul>
    </nav>
  );
}

function refusedOf(account: string): RequestSearch {
  return { account, ending: "refused" };
}
