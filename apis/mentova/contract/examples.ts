// Requests as the documents show them: one that works for each operation, and those that are refused with a code that
// does not follow from the schemas alone.

import type { OperationExample, OperationOf, RefusedExample } from "sluice";
import type { MentovaCode } from "./codes.ts";
import type { wire } from "./wire.ts";

const brand = { brandId: "clxabc123" } as const;
const avatar = { ...brand, avatarId: "clxavatar1" } as const;

export const inputs = {
  createBrand: { body: { name: "Acme Corp", domain: "acme.com" } },
  getBrand: { params: brand },
  updateBrand: { params: brand, body: { domain: "acme.com" } },
  deleteBrand: { params: brand },
  listTopics: { params: brand },
  createTopic: { params: brand, body: { seed: "running shoes", language: "en", country: "US" } },
  deleteTopic: { params: { ...brand, topicId: "clxtopic1" } },
  listPrompts: { params: brand, query: { page: "1" } },
  listCampaigns: { params: brand, query: { limit: "50", offset: "0" } },
  launchCampaign: {
    params: brand,
    body: { topicId: "clxtopic1", models: ["GPT4O_MINI", "CLAUDE_HAIKU"], runsPerModel: 3 },
  },
  getCampaign: { params: { ...brand, campaignId: "clxcampaign1" } },
  getVisibility: { params: brand, query: { days: "30" } },
  listCompetitors: { params: brand },
  listSources: { params: brand },
  listOpportunities: { params: brand, query: { status: "TODO" } },
  updateOpportunity: {
    params: { ...brand, opportunityId: "clxopp1" },
    body: { status: "DONE" },
  },
  listAvatars: { params: brand },
  createAvatar: { params: brand, body: { name: "Ann", role: "Buyer" } },
  updateAvatar: { params: avatar, body: { role: "Head of marketing" } },
  deleteAvatar: { params: avatar },
} as const satisfies Partial<Record<OperationOf<typeof wire>, OperationExample>>;

export const refused = {
  LIMIT_REACHED: {
    operation: "createBrand",
    given: "The account has 10 brands already.",
  },
  LIMIT_EXCEEDED: {
    operation: "createAvatar",
    given: "The brand has 5 avatars already.",
  },
  QUOTA_EXCEEDED: {
    operation: "launchCampaign",
    given: "The campaign costs more credits than the account has left.",
  },
  CONFLICT: {
    operation: "createBrand",
    given: "The account has a brand of this name already.",
  },
} as const satisfies Partial<Record<MentovaCode, RefusedExample<OperationOf<typeof wire>>>>;
