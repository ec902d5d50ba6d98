// The app of each Express row, and its one route.

import express, { type Express } from "express";
import { ITEMS, ITEMS_PATH } from "../src/answer.ts";

/** Without ETags, because no row of another framework computes them. */
export function createExpressApp(): Express {
  return express().disable("etag").disable("x-powered-by");
}

/** Called behind what stands before the route. */
export function listItems(app: Express): void {
  app.get(ITEMS_PATH, (_request, response) => {
    response.json(ITEMS);
  });
}
