// Two pages of one build: the operator's console and the customer's portal. The library comes from its sources here.

import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

// Whoever builds it, a test run included: React as people get it, not the one for its own developers, which is twice the size.
process.env["NODE_ENV"] = "production";

export default defineConfig({
  // It lies wherever the gateway serves it; the gateway writes the place into the page.
  base: "./",
  plugins: [react()],
  resolve: { conditions: ["sluice-source", "module", "browser", "production"] },
  build: {
    target: "es2024",
    // Nothing inline: the pages' policy forbids it.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: { input: ["console.html", "portal.html"] },
  },
});
