// Every operation that callers see: method, path, and a sentence for the documents.

import type { WireOperation } from "sluice";

export const operations = {
  listBrands: {
    method: "GET",
    path: "/brands",
    summary: "Lists the account's brands.",
  },
  createBrand: {
    method: "POST",
    path: "/brands",
    summary: "Creates a brand, if its name is free and the plan has room.",
    idempotency: true,
  },
  getBrand: {
    method: "GET",
    path: "/brands/{brandId}",
    summary: "Shows one brand.",
  },
  updateBrand: {
    method: "PATCH",
    path: "/brands/{brandId}",
    summary: "Changes the members of a brand that the body names.",
  },
  deleteBrand: {
    method: "DELETE",
    path: "/brands/{brandId}",
    summary: "Deletes a brand with everything that hangs on it.",
  },
  listTopics: {
    method: "GET",
    path: "/brands/{brandId}/topics",
    summary: "Lists a brand's topics.",
  },
  createTopic: {
    method: "POST",
    path: "/brands/{brandId}/topics",
    summary: "Creates a topic and generates its prompts from the seed.",
    idempotency: true,
  },
  deleteTopic: {
    method: "DELETE",
    path: "/brands/{brandId}/topics/{topicId}",
    summary: "Deletes a topic with its prompts and campaign runs.",
  },
  listPrompts: {
    method: "GET",
    path: "/brands/{brandId}/prompts",
    summary: "Lists a brand's prompts, page by page.",
  },
  listCampaigns: {
    method: "GET",
    path: "/brands/{brandId}/campaigns",
    summary: "Lists a brand's campaigns, newest first.",
  },
  launchCampaign: {
    method: "POST",
    path: "/brands/{brandId}/campaigns",
    summary: "Launches a campaign; costs its prompts times the slots of its models.",
    idempotency: true,
  },
  getCampaign: {
    method: "GET",
    path: "/brands/{brandId}/campaigns/{campaignId}",
    summary: "Shows how far a campaign is, and its results.",
  },
  getVisibility: {
    method: "GET",
    path: "/brands/{brandId}/visibility",
    summary: "Shows how often models mention a brand, over time and against its rivals.",
  },
  listCompetitors: {
    method: "GET",
    path: "/brands/{brandId}/competitors",
    summary: "Lists the brands that are mentioned beside this one, most mentioned first.",
  },
  listSources: {
    method: "GET",
    path: "/brands/{brandId}/sources",
    summary: "Lists the pages that models cite when they speak of a brand.",
  },
  listOpportunities: {
    method: "GET",
    path: "/brands/{brandId}/opportunities",
    summary: "Lists what could be done to be mentioned more often.",
  },
  updateOpportunity: {
    method: "PATCH",
    path: "/brands/{brandId}/opportunities/{opportunityId}",
    summary: "Marks an opportunity as done, dismissed or still to do.",
  },
  listAvatars: {
    method: "GET",
    path: "/brands/{brandId}/avatars",
    summary: "Lists a brand's avatars.",
  },
  createAvatar: {
    method: "POST",
    path: "/brands/{brandId}/avatars",
    summary: "Creates an avatar, if the brand has room for one more.",
    idempotency: true,
  },
  updateAvatar: {
    method: "PATCH",
    path: "/brands/{brandId}/avatars/{avatarId}",
    summary: "Changes the members of an avatar that the body names.",
  },
  deleteAvatar: {
    method: "DELETE",
    path: "/brands/{brandId}/avatars/{avatarId}",
    summary: "Deletes an avatar.",
  },
} as const satisfies Record<string, WireOperation>;
