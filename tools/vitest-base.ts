// How the tests find the library: at its TypeScript sources, through the `sluice-source` export
// condition.
const conditions = ["sluice-source", "node", "development|production"];

export const base = {
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: ["sluice-source", "node"] } },
};
