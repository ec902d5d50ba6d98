// One box for whatever somebody has in hand: an id of any kind, or a code. The log itself is asked what it is.

import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { isCondition } from "sluice";
import { wordsOf } from "../../../parts/asked.tsx";
import { TextField } from "../../../parts/field.tsx";
import { admin, keyOf } from "../../admin.ts";
import { queryOf, type RequestSearch } from "./search.ts";

/** The first that has a row is meant. */
const meanings = ["request", "account", "key", "client", "code", "operation"] as const;

export function SearchBox(): ReactNode {
  const [text, setText] = useState("");
  const [wrong, setWrong] = useState<string>();
  const [isAsking, setAsking] = useState(false);
  const find = useFind();
  const search = async () => {
    setAsking(true);
    setWrong(await find(text.trim()));
    setAsking(false);
  };
  return (
    <form
      className="row search"
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim() !== "") void search();
      }}
    >
      <TextField
        label="Request id, account, key, client request id, code or operation"
        type="search"
        spellCheck={false}
        value={text}
        wrong={wrong}
        onChange={({ target }) => setText(target.value)}
      />
      <button type="submit" className="button main" disabled={isAsking}>
        {isAsking ? "Finding …" : "Find"}
      </button>
    </form>
  );
}

/** Goes there; answers what to say where there is nowhere to go. */
function useFind(): (text: string) => Promise<string | undefined> {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const hasRows = async (search: RequestSearch) => {
    const input = { query: { ...queryOf(search, 0), limit: 1 } };
    const page = await queries.fetchQuery({
      queryKey: keyOf("listRequests", input),
      queryFn: () => admin.call("listRequests", input),
      gcTime: 0,
    });
    return page.data.length > 0;
  };
  return async (text) => {
    if (text.length > 300) return "This is longer than any id.";
    try {
      // No index has the conditions: whether a text is one is known here.
      if (isCondition(text))
        return void (await navigate({ to: "/requests", search: { condition: text } }));
      const searches = meanings.map((name): RequestSearch => ({ [name]: text }));
      const found = await Promise.all(searches.map(hasRows));
      const at = found.indexOf(true);
      const search = searches[at];
      if (search === undefined) return "The log has no request with exactly this.";
      if (meanings[at] === "request")
        await navigate({ to: "/requests/$requestId", params: { requestId: text } });
      else await navigate({ to: "/requests", search });
      return undefined;
    } catch (error) {
      return wordsOf(error);
    }
  };
}
