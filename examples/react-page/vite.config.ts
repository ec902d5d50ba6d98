// `npm start --workspace sluice-example-react-page`, beside `npm start`: the page, with the demo's Mavera on its own origin.

import { defineConfig } from "vite";

export default defineConfig({
  resolve: { conditions: ["sluice-source", "module", "browser", "development|production"] },
  server: { proxy: { "/mavera": "http://127.0.0.1:8787" } },
});
