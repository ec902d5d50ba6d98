// What each operation answers to its example, as the documents show it.

import type { OperationOf } from "sluice";
import type { wire } from "./wire.ts";

const brandId = "clxabc123";
const deleted = { data: { deleted: true } } as const;

const brand = {
  id: brandId,
  name: "Acme Corp",
  domain: "acme.com",
  aliases: ["Acme"],
  language: "en",
  country: "US",
  autoWeeklyAnalysis: false,
  createdAt: "2026-01-10T09:00:00.000Z",
} as const;

const topic = {
  id: "clxtopic1",
  brandId,
  seed: "running shoes",
  language: "en",
  country: "US",
  createdAt: "2026-02-01T09:00:00.000Z",
} as const;

const prompt = {
  id: "clxprompt1",
  topicId: topic.id,
  text: "Which running shoes would you recommend?",
  status: "COMPLETED",
  models: ["GPT4O_MINI", "CLAUDE_HAIKU"],
  mentionRate: 42.5,
  createdAt: "2026-02-01T09:00:00.000Z",
} as const;

const launched = {
  id: "clxcampaign1",
  status: "PENDING",
  createdAt: "2026-06-01T09:00:00.000Z",
  completedAt: null,
  models: ["GPT4O_MINI", "CLAUDE_HAIKU"],
  runsPerModel: 3,
  topic: { id: topic.id, seed: topic.seed },
  _count: { runs: 6 },
} as const;

const completed = {
  ...launched,
  status: "COMPLETED",
  completedAt: "2026-06-01T09:08:00.000Z",
} as const;

const opportunity = {
  id: "clxopp1",
  brandId,
  title: "Be mentioned where runners compare shoes.",
  status: "TODO",
  createdAt: "2026-06-01T09:08:00.000Z",
} as const;

const avatar = {
  id: "clxavatar1",
  brandId,
  name: "Ann",
  sector: null,
  role: "Buyer",
  objectives: [],
  createdAt: "2026-03-01T09:00:00.000Z",
} as const;

export const answers = {
  listBrands: { data: [brand] },
  createBrand: { data: { ...brand, aliases: [], language: null, country: null } },
  getBrand: { data: brand },
  updateBrand: { data: brand },
  deleteBrand: deleted,
  listTopics: { data: [topic] },
  createTopic: { data: topic },
  deleteTopic: deleted,
  listPrompts: { data: [prompt] },
  listCampaigns: { data: [completed], total: 42, limit: 50, offset: 0 },
  launchCampaign: { data: launched },
  getCampaign: {
    data: {
      ...completed,
      results: [
        { model: "GPT4O_MINI", mentionRate: 50 },
        { model: "CLAUDE_HAIKU", mentionRate: 35 },
      ],
    },
  },
  getVisibility: {
    data: {
      mentionRate: 42.5,
      sov: [{ name: "Acme Corp", mentionRate: 42.5, shareOfVoice: 38.2 }],
      timeline: [{ date: "2026-05-25", mentionRate: 38 }],
    },
  },
  listCompetitors: {
    data: [
      {
        ...{ id: "clxcomp1", name: "Rival Inc", domain: null },
        ...{ mentionRate: 31, coOccurrenceRate: 18.5, rank: 1 },
      },
    ],
  },
  listSources: {
    data: [
      {
        url: "https://example.com/best-running-shoes",
        domain: "example.com",
        citationCount: 12,
        firstSeenAt: "2026-05-01T09:00:00.000Z",
        lastSeenAt: "2026-06-01T09:08:00.000Z",
      },
    ],
  },
  listOpportunities: { data: [opportunity] },
  updateOpportunity: { data: { ...opportunity, status: "DONE" } },
  listAvatars: { data: [avatar] },
  createAvatar: { data: avatar },
  updateAvatar: { data: { ...avatar, role: "Head of marketing" } },
  deleteAvatar: deleted,
} as const satisfies Record<OperationOf<typeof wire>, unknown>;
