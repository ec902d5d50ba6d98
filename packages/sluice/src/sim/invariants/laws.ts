// The laws that every run is watched for, each in a file of its own.

import type { SharedStores } from "../nodes/shared-stores.ts";
import type { SimWorld } from "../run/sim-world.ts";
import type { Watcher } from "../run/watcher.ts";
import { CountingAlone } from "./alone.ts";
import { Answers } from "./answers.ts";
import { Bounds } from "./bounds.ts";
import { Budgets } from "./budgets.ts";
import { Decisions } from "./decisions.ts";
import { Idempotency } from "./idempotency.ts";
import { Jobs } from "./jobs.ts";
import { EndedKeys } from "./keys.ts";
import { Money } from "./money.ts";
import { OurClient } from "./our-client.ts";
import { Rows } from "./rows.ts";
import { SlotsHeld } from "./slots.ts";
import { Streams } from "./streams.ts";
import { Windows } from "./windows.ts";

export function lawsOf(world: SimWorld, stores: SharedStores): readonly Watcher[] {
  return [
    new Windows(world),
    new Decisions(world, stores),
    new SlotsHeld(world, stores),
    new CountingAlone(world),
    new Money(world, stores),
    new Answers(world),
    new EndedKeys(world),
    new OurClient(world),
    new Bounds(world),
    new Rows(world),
    new Streams(world, stores),
    new Jobs(world, stores),
    new Budgets(world, stores),
    new Idempotency(world, stores),
  ];
}
