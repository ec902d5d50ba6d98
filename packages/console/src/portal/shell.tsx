// What stands around each page: where else one can go, and as whom somebody is signed in.

import type { ReactNode } from "react";
import { Frame } from "../parts/frame.tsx";
import { Mark } from "../parts/mark.tsx";
import { title } from "../parts/title.ts";
import { useWho } from "./asking.ts";

const places = [
  { to: "/", name: "Overview", needs: "own" },
  { to: "/requests", name: "Requests", needs: "own" },
  { to: "/limits", name: "Limits", needs: "own" },
  { to: "/keys", name: "Keys", needs: "own" },
  { to: "/warnings", name: "Warnings", needs: "account" },
] as const;

export function Shell(): ReactNode {
  const { may, who } = useWho();
  return (
    <Frame
      brand={who?.key.api ?? title}
      label="Your account"
      places={places.filter(({ needs }) => needs === "own" || may(needs))}
      who={
        who !== undefined && (
          <span className="who">
            Key {who.key.name} <code>…{who.key.lastFour}</code>{" "}
            {who.key.environment === "test" && <Mark tone="warn">test key</Mark>}
          </span>
        )
      }
    />
  );
}
