// Avatars: the people in whose place a brand's prompts are asked. A brand has room for a few.

import {
  type Answer,
  type Call,
  created,
  deleted,
  type Environment,
  found,
  isoDate,
} from "./call.ts";
import { limitOf } from "./caller.ts";
import { Fields } from "./fields.ts";
import { newId } from "./new-id.ts";
import { absent, Problem } from "./problem.ts";
import type { Avatar, BrandRecord } from "./records.ts";

export interface AvatarDraft {
  readonly name: string;
  readonly sector?: string | null | undefined;
  readonly role?: string | null | undefined;
  readonly objectives?: readonly string[] | undefined;
}

export function listAvatars({ environment }: Call, record: BrandRecord): Answer {
  return found(environment.records.avatars.all(record));
}

export function createAvatar({ environment, caller, body }: Call, record: BrandRecord): Answer {
  const fields = Fields.ofBody(body);
  const draft: AvatarDraft = {
    name: fields.text("name"),
    sector: fields.nullableText("sector"),
    role: fields.nullableText("role"),
    objectives: fields.texts("objectives"),
  };
  if (fields.problem) return fields.problem;
  const avatar = insertAvatar(environment, record, draft, limitOf(caller, "avatarsPerBrand"));
  return avatar instanceof Problem ? avatar : created(avatar);
}

export function insertAvatar(
  environment: Environment,
  record: BrandRecord,
  draft: AvatarDraft,
  limit: number,
): Avatar | Problem {
  const { avatars } = environment.records;
  if (avatars.count(record) >= limit) {
    return new Problem("resource_limit", `The brand's limit of avatars is reached (${limit}).`);
  }
  const avatar: Avatar = {
    id: newId(environment),
    brandId: record.brand.id,
    name: draft.name,
    sector: draft.sector ?? null,
    role: draft.role ?? null,
    objectives: draft.objectives ?? [],
    createdAt: isoDate(environment.clock.wallMs()),
  };
  avatars.insert(record, avatar);
  return avatar;
}

export function updateAvatar(
  { environment, body }: Call,
  record: BrandRecord,
  avatarId: string,
): Answer {
  const { avatars } = environment.records;
  const avatar = avatars.find(record, avatarId);
  if (avatar === undefined) return absent("Avatar");
  const fields = Fields.ofBody(body);
  const sector = fields.nullableText("sector");
  const role = fields.nullableText("role");
  const updated: Avatar = {
    ...avatar,
    name: fields.optionalText("name") ?? avatar.name,
    sector: sector === undefined ? avatar.sector : sector,
    role: role === undefined ? avatar.role : role,
    objectives: fields.texts("objectives") ?? avatar.objectives,
  };
  if (fields.problem) return fields.problem;
  avatars.replace(record, updated);
  return found(updated);
}

export function deleteAvatar({ environment }: Call, record: BrandRecord, avatarId: string): Answer {
  return environment.records.avatars.remove(record, avatarId) ? deleted() : absent("Avatar");
}
