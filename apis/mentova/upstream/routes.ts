// Every operation of the API on one page, and how a method and path find theirs.

import { createAvatar, deleteAvatar, listAvatars, updateAvatar } from "./avatars.ts";
import { createBrand, deleteBrand, getBrand, listBrands, updateBrand } from "./brands.ts";
import type { BrandHandler, Handler } from "./call.ts";
import { getCampaign, launchCampaign, listCampaigns, quoteCampaign } from "./campaigns.ts";
import { getVisibility, listCompetitors, listSources } from "./insights.ts";
import { listOpportunities, updateOpportunity } from "./opportunities.ts";
import { absent } from "./problem.ts";
import { listPrompts } from "./prompts.ts";
import { createTopic, deleteTopic, listTopics } from "./topics.ts";

const routes: readonly (readonly [method: string, pattern: string, handler: Handler])[] = [
  ["GET", "/brands", listBrands],
  ["POST", "/brands", createBrand],
  ["GET", "/brands/{brandId}", ofBrand(getBrand)],
  ["PATCH", "/brands/{brandId}", ofBrand(updateBrand)],
  ["DELETE", "/brands/{brandId}", ofBrand(deleteBrand)],
  ["GET", "/brands/{brandId}/topics", ofBrand(listTopics)],
  ["POST", "/brands/{brandId}/topics", ofBrand(createTopic)],
  ["DELETE", "/brands/{brandId}/topics/{topicId}", ofBrand(deleteTopic)],
  ["GET", "/brands/{brandId}/prompts", ofBrand(listPrompts)],
  ["GET", "/brands/{brandId}/campaigns", ofBrand(listCampaigns)],
  ["POST", "/brands/{brandId}/campaigns", ofBrand(launchCampaign)],
  ["POST", "/brands/{brandId}/campaigns/quote", ofBrand(quoteCampaign)],
  ["GET", "/brands/{brandId}/campaigns/{campaignId}", ofBrand(getCampaign)],
  ["GET", "/brands/{brandId}/visibility", ofBrand(getVisibility)],
  ["GET", "/brands/{brandId}/competitors", ofBrand(listCompetitors)],
  ["GET", "/brands/{brandId}/sources", ofBrand(listSources)],
  ["GET", "/brands/{brandId}/opportunities", ofBrand(listOpportunities)],
  ["PATCH", "/brands/{brandId}/opportunities/{opportunityId}", ofBrand(updateOpportunity)],
  ["GET", "/brands/{brandId}/avatars", ofBrand(listAvatars)],
  ["POST", "/brands/{brandId}/avatars", ofBrand(createAvatar)],
  ["PATCH", "/brands/{brandId}/avatars/{avatarId}", ofBrand(updateAvatar)],
  ["DELETE", "/brands/{brandId}/avatars/{avatarId}", ofBrand(deleteAvatar)],
];

function ofBrand(handler: BrandHandler): Handler {
  return (call, brandId = "", ...ids) => {
    const record = call.environment.records.brands.find(call.caller.accountId, brandId);
    return record === undefined ? absent("Brand") : handler(call, record, ...ids);
  };
}

const table = routes.map(([method, pattern, handler]) => ({
  method,
  segments: pattern.split("/"),
  handler,
}));

export interface Match {
  readonly handler: Handler;
  readonly ids: readonly string[];
}

export function matchRoute(method: string, path: string): Match | undefined {
  const given = path.split("/");
  for (const { method: routeMethod, segments, handler } of table) {
    if (method !== routeMethod) continue;
    const ids = matchSegments(segments, given);
    if (ids) return { handler, ids };
  }
  return undefined;
}

/** The ids in a path, or nothing when it does not fit. Ids need no decoding: they are plain. */
function matchSegments(
  pattern: readonly string[],
  given: readonly string[],
): readonly string[] | undefined {
  if (pattern.length !== given.length) return undefined;
  const ids: string[] = [];
  for (const [index, segment] of pattern.entries()) {
    const value = given[index] ?? "";
    if (segment.startsWith("{") && value !== "") ids.push(value);
    else if (segment !== value) return undefined;
  }
  return ids;
}
