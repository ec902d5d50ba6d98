// A page of questions under TanStack Query: what is worth another try comes back at its moment, the rest says what to do.
import { QueryClient, QueryClientProvider, useMutation, useQuery } from "@tanstack/react-query";
import { type FormEvent, StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { again, client } from "./client.ts";
import { Refusal } from "./refusal.tsx";

const queries = new QueryClient({ defaultOptions: { queries: again, mutations: again } });

function Personas() {
  const { data, failureReason, isFetching } = useQuery({
    queryKey: ["personas"],
    queryFn: ({ signal }) => client.call("listPersonas", {}, { signal }),
  });
  return failureReason ? (
    <Refusal of={failureReason} isTrying={isFetching} />
  ) : (
    <p>{data?.data.length ?? "…"} personas</p>
  );
}

function Ask() {
  const { mutate, data, failureReason, isPending } = useMutation({
    // With a key of the click's own, every further try of it is answered and charged once.
    mutationFn: ({ input, click }: { input: string; click: string }) =>
      client.call(
        "createResponse",
        { body: { model: "mavera-1", input } },
        { idempotencyKey: click },
      ),
  });
  const ask = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const input = String(new FormData(event.currentTarget).get("input"));
    mutate({ input, click: crypto.randomUUID() });
  };
  return (
    <form onSubmit={ask}>
      <input name="input" aria-label="Question" defaultValue="Who buys shoes?" />
      <button type="submit" disabled={isPending}>
        Ask
      </button>
      {failureReason && <Refusal of={failureReason} isTrying={isPending} />}
      {data && <output>{data.usage.credits_used} credits</output>}
    </form>
  );
}

createRoot(document.querySelector("#page") as HTMLElement).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <Personas />
      <Ask />
    </QueryClientProvider>
  </StrictMode>,
);
