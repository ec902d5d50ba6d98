// The customer's portal begins here.

import { start } from "../parts/start.tsx";
import "../styles/base.css";
import "../styles/parts.css";
import "../styles/shell.css";
import "../styles/portal.css";
import { router } from "./routes.tsx";

start(router, 10_000);
