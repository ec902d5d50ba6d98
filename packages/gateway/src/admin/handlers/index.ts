// Every operation of the admin API and the function that answers it, resource by resource.

import type { Desk } from "../desk/desk.ts";
import { accountHandlers } from "./accounts.ts";
import type { AdminHandlers } from "./answer.ts";
import { apiHandlers } from "./apis.ts";
import { budgetHandlers } from "./budgets.ts";
import { changeHandlers } from "./changes.ts";
import { simulationHandlers } from "./codes.ts";
import { creditHandlers } from "./credits.ts";
import { dayHandlers } from "./days.ts";
import { explanationHandlers } from "./explanation.ts";
import { healthHandlers } from "./health.ts";
import { holdHandlers } from "./holds.ts";
import { incidentHandlers } from "./incidents.ts";
import { keyHandlers } from "./keys.ts";
import { liveHandlers } from "./live.ts";
import { projectHandlers } from "./projects.ts";
import { requestHandlers } from "./requests.ts";
import { rotationHandlers } from "./rotation.ts";
import { tokenHandlers } from "./tokens.ts";
import { warningHandlers } from "./warnings.ts";
import { webhookHandlers } from "./webhook.ts";
import { workspaceHandlers } from "./workspaces.ts";

export function adminHandlers(desk: Desk): AdminHandlers {
  return {
    ...accountHandlers(desk),
    ...webhookHandlers(desk),
    ...workspaceHandlers(desk),
    ...projectHandlers(desk),
    ...keyHandlers(desk),
    ...rotationHandlers(desk),
    ...creditHandlers(desk),
    ...budgetHandlers(desk),
    ...holdHandlers(desk),
    ...requestHandlers(desk),
    ...explanationHandlers(desk),
    ...dayHandlers(desk),
    ...liveHandlers(desk),
    ...warningHandlers(desk),
    ...incidentHandlers(desk),
    ...apiHandlers(desk),
    ...simulationHandlers(desk),
    ...healthHandlers(desk),
    ...tokenHandlers(desk),
    ...changeHandlers(desk),
  };
}
