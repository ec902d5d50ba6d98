// The server layer of Mentova's contract: plans, prices, schemas, and how the plain API's problems become
// conditions. Callers never see it.

import {
  lazilyAfterDays,
  type OperationOf,
  type Plan,
  type PlanOf,
  quote,
  type ServerDeclaration,
} from "sluice";
import { answers } from "./answers.ts";
import { inputs, refused } from "./examples.ts";
import * as avatars from "./schemas/avatars.ts";
import * as brands from "./schemas/brands.ts";
import * as campaigns from "./schemas/campaigns.ts";
import { deleted } from "./schemas/envelopes.ts";
import * as insights from "./schemas/insights.ts";
import * as opportunities from "./schemas/opportunities.ts";
import * as topics from "./schemas/topics.ts";
import type { wire } from "./wire.ts";

type Declaration = ServerDeclaration<OperationOf<typeof wire>, PlanOf<typeof wire>>;

const RESET_DAYS = 30;
const AVATARS_PER_BRAND = 5;

/**
 * The documents give each plan's credits and slots. How many brands a plan has room for they do not say:
 * those numbers are ours.
 */
function plan(
  title: string,
  numbers: { readonly credits: number; readonly brands: number; readonly slots: number },
): Plan {
  return {
    title,
    allowance: { credits: numbers.credits, reset: lazilyAfterDays(RESET_DAYS) },
    limits: {
      brands: numbers.brands,
      avatarsPerBrand: AVATARS_PER_BRAND,
      slotsPerCampaign: numbers.slots,
    },
  };
}

export const server = {
  plans: {
    free: plan("Free", { credits: 10, brands: 1, slots: 3 }),
    starter: plan("Starter", { credits: 40, brands: 3, slots: 3 }),
    pro: plan("Pro", { credits: 60, brands: 5, slots: 5 }),
    pro_plus: plan("Pro+", { credits: 200, brands: 10, slots: 5 }),
    agency: plan("Agency", { credits: 650, brands: 10, slots: 5 }),
  },
  requires: { plans: ["agency"] },
  limitsDown: "open",
  operations: {
    listBrands: {
      reports: [],
      example: { output: answers.listBrands },
      output: brands.listed,
    },
    createBrand: {
      reports: ["conflict", "plan_limit_reached"],
      successStatus: 201,
      example: { ...inputs.createBrand, output: answers.createBrand },
      body: brands.draft,
      output: brands.one,
    },
    getBrand: {
      reports: ["not_found"],
      example: { ...inputs.getBrand, output: answers.getBrand },
      params: brands.params,
      output: brands.one,
    },
    updateBrand: {
      reports: ["not_found", "conflict"],
      example: { ...inputs.updateBrand, output: answers.updateBrand },
      params: brands.params,
      body: brands.changes,
      output: brands.one,
    },
    deleteBrand: {
      reports: ["not_found"],
      example: { ...inputs.deleteBrand, output: answers.deleteBrand },
      params: brands.params,
      output: deleted,
    },
    listTopics: {
      reports: ["not_found"],
      example: { ...inputs.listTopics, output: answers.listTopics },
      params: brands.params,
      output: topics.listed,
    },
    createTopic: {
      reports: ["not_found"],
      successStatus: 201,
      example: { ...inputs.createTopic, output: answers.createTopic },
      params: brands.params,
      body: topics.draft,
      output: topics.one,
    },
    deleteTopic: {
      reports: ["not_found"],
      example: { ...inputs.deleteTopic, output: answers.deleteTopic },
      params: topics.params,
      output: deleted,
    },
    listPrompts: {
      reports: ["not_found"],
      example: { ...inputs.listPrompts, output: answers.listPrompts },
      params: brands.params,
      query: topics.promptQuery,
      output: topics.prompts,
    },
    listCampaigns: {
      reports: ["not_found"],
      example: { ...inputs.listCampaigns, output: answers.listCampaigns },
      params: brands.params,
      query: campaigns.query,
      output: campaigns.listed,
    },
    launchCampaign: {
      reports: ["not_found", "plan_limit_reached"],
      successStatus: 201,
      example: { ...inputs.launchCampaign, output: answers.launchCampaign },
      params: brands.params,
      body: campaigns.draft,
      output: campaigns.one,
      price: quote("/brands/{brandId}/campaigns/quote", { pointer: "/credits" }),
    },
    getCampaign: {
      reports: ["not_found"],
      example: { ...inputs.getCampaign, output: answers.getCampaign },
      params: campaigns.params,
      output: campaigns.oneWithResults,
    },
    getVisibility: {
      reports: ["not_found"],
      example: { ...inputs.getVisibility, output: answers.getVisibility },
      params: brands.params,
      query: insights.visibilityQuery,
      output: insights.visibility,
    },
    listCompetitors: {
      reports: ["not_found"],
      example: { ...inputs.listCompetitors, output: answers.listCompetitors },
      params: brands.params,
      output: insights.competitors,
    },
    listSources: {
      reports: ["not_found"],
      example: { ...inputs.listSources, output: answers.listSources },
      params: brands.params,
      output: insights.sources,
    },
    listOpportunities: {
      reports: ["not_found"],
      example: { ...inputs.listOpportunities, output: answers.listOpportunities },
      params: brands.params,
      query: opportunities.query,
      output: opportunities.listed,
    },
    updateOpportunity: {
      reports: ["not_found"],
      example: { ...inputs.updateOpportunity, output: answers.updateOpportunity },
      params: opportunities.params,
      body: opportunities.changes,
      output: opportunities.one,
    },
    listAvatars: {
      reports: ["not_found"],
      example: { ...inputs.listAvatars, output: answers.listAvatars },
      params: brands.params,
      output: avatars.listed,
    },
    createAvatar: {
      reports: ["not_found", "resource_limit_reached"],
      successStatus: 201,
      example: { ...inputs.createAvatar, output: answers.createAvatar },
      params: brands.params,
      body: avatars.draft,
      output: avatars.one,
    },
    updateAvatar: {
      reports: ["not_found"],
      example: { ...inputs.updateAvatar, output: answers.updateAvatar },
      params: avatars.params,
      body: avatars.changes,
      output: avatars.one,
    },
    deleteAvatar: {
      reports: ["not_found"],
      example: { ...inputs.deleteAvatar, output: answers.deleteAvatar },
      params: avatars.params,
      output: deleted,
    },
  },
  examples: refused,
  folding: [
    // Without the API's own words: absent, foreign and unknown must not differ by a byte.
    { when: { pointer: "/problem", equals: "absent" }, condition: "not_found" },
    {
      when: { pointer: "/problem", equals: "duplicate" },
      condition: "conflict",
      param: { pointer: "/field" },
      message: { pointer: "/detail" },
    },
    {
      when: { pointer: "/problem", equals: "plan_limit" },
      condition: "plan_limit_reached",
      message: { pointer: "/detail" },
    },
    {
      when: { pointer: "/problem", equals: "resource_limit" },
      condition: "resource_limit_reached",
      message: { pointer: "/detail" },
    },
    {
      when: { pointer: "/problem", equals: "unacceptable" },
      condition: "invalid_field",
      param: { pointer: "/field" },
      message: { pointer: "/detail" },
    },
  ],
} as const satisfies Declaration;
