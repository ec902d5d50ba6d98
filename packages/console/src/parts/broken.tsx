// A page that could not be loaded, or that failed while it was drawn; and one that is on its way.

import { useQueryClient } from "@tanstack/react-query";
import { type ErrorComponentProps, Link, useRouter } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { Waiting, wordsOf } from "./asked.tsx";

/** What browsers say of a part of a program that they did not get: Chromium, Firefox, Safari. */
const NOT_LOADED = /dynamically imported module|Importing a module script failed/;

export function Broken({ error, reset }: ErrorComponentProps): ReactNode {
  const isMissing = NOT_LOADED.test(wordsOf(error));
  return (
    <div className="page">
      <h1>This page cannot be shown</h1>
      <div className="said bad" role="alert">
        {isMissing ? <Missing /> : <Failed error={error} reset={reset} />}
      </div>
      <p>
        <Link to="/">Overview</Link>
      </p>
    </div>
  );
}

function Missing(): ReactNode {
  return (
    <>
      <p>
        A part of it did not load. Either the gateway does not answer, or it was updated while this
        page was open: then it is there once you reload.
      </p>
      <button type="button" className="button" onClick={() => location.reload()}>
        Reload the page
      </button>
    </>
  );
}

function Failed({ error, reset }: ErrorComponentProps): ReactNode {
  const router = useRouter();
  const queries = useQueryClient();
  const again = () => {
    // What was answered may be what it failed at.
    queries.clear();
    reset();
    void router.invalidate();
  };
  return (
    <>
      <p>It has a fault: nothing that you did. The other pages are as they were.</p>
      <p>
        To whoever mends it: <code>{wordsOf(error)}</code>
      </p>
      <button type="button" className="button" onClick={again}>
        Try again
      </button>
    </>
  );
}

export function OnItsWay(): ReactNode {
  return (
    <div className="page">
      <Waiting />
    </div>
  );
}
