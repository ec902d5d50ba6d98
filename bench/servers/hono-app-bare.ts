// Hono that checks nothing: what the layers before its routes are compared with.

import { Hono } from "hono";
import { listItems } from "./hono-app.ts";

listItems(new Hono());
