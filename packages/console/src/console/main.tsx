// The operator's console begins here.

import { start } from "../parts/start.tsx";
import "../styles/base.css";
import "../styles/parts.css";
import "../styles/shell.css";
import { router } from "./routes.ts";

start(router, 2_000);
