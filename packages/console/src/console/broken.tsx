// A page that could not be loaded, or that failed while it was drawn; and one that is on its way.

import { type ErrorComponentProps, useRouter } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { Problem, Waiting } from "../parts/asked.tsx";

export function Broken({ error, reset }: ErrorComponentProps): ReactNode {
  const router = useRouter();
  const again = () => {
    reset();
    void router.invalidate();
  };
  return (
    <div className="page">
      <h1>This page cannot be shown</h1>
      <p>If the gateway was updated while it was open, reload it in the browser.</p>
      <Problem error={error} retry={again} />
    </div>
  );
}

export function OnItsWay(): ReactNode {
  return (
    <div className="page">
      <Waiting />
    </div>
  );
}
