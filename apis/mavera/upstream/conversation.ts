// What was said so far: reads the texts out of `input` and `messages`, in the shapes that the
// documents of both formats allow. What is no text (images, calls of tools) is passed over.

import { type Fields, membersOf } from "./fields.ts";
import { maxTextLength } from "./limits.ts";

const maxItems = 128;
const maxParts = 128;
const roles = ["system", "developer", "user", "assistant", "tool"] as const;

export interface Conversation {
  readonly characters: number;
  /** The last thing that the user said; of a conversation without any, the last at all. */
  readonly asked: string;
}

const nothing: Conversation = { characters: 0, asked: "" };

/** A text, or a list of items. */
export function readInput(fields: Fields): Conversation {
  const input = fields.any("input");
  if (typeof input === "string") {
    const asked = fields.text("input", { max: maxTextLength });
    return { characters: asked.length, asked };
  }
  return readItems(fields, "input", { everyItemSpeaks: false });
}

/** Unlike an item of an input, a message always has a role. */
export function readMessages(fields: Fields): Conversation {
  return readItems(fields, "messages", { everyItemSpeaks: true });
}

function readItems(
  fields: Fields,
  field: string,
  { everyItemSpeaks }: { everyItemSpeaks: boolean },
): Conversation {
  const items = fields.any(field);
  if (items === undefined) return fields.reject(field, "is required", nothing);
  if (!Array.isArray(items) || items.length === 0 || items.length > maxItems) {
    return fields.reject(field, `must list 1 to ${maxItems} items`, nothing);
  }
  let conversation = nothing;
  let hasUserSpoken = false;
  for (const [index, item] of items.entries()) {
    const members = membersOf(item);
    const role = roles.find((known) => known === members?.get("role"));
    const text = members && textOf(members.get("content"));
    if (text === undefined || (everyItemSpeaks && role === undefined)) {
      return fields.reject(`${field}.${index}`, "must be a message", nothing);
    }
    if (text.length > maxTextLength) {
      const rule = `must have at most ${maxTextLength} characters`;
      return fields.reject(`${field}.${index}.content`, rule, nothing);
    }
    const isUser = role === "user";
    const isAsked = text !== "" && (isUser || !hasUserSpoken);
    hasUserSpoken ||= isUser;
    conversation = {
      characters: conversation.characters + text.length,
      asked: isAsked ? text : conversation.asked,
    };
  }
  return conversation;
}

/** Nothing when the content is of no known shape. */
function textOf(content: unknown): string | undefined {
  if (content === undefined || content === null) return "";
  if (typeof content === "string") return content;
  if (!Array.isArray(content) || content.length > maxParts) return undefined;
  const texts = content.map((part: unknown) => {
    const text = membersOf(part)?.get("text");
    return typeof text === "string" ? text : "";
  });
  return texts.join("\n");
}
