// How a directory that others change too hears of it, above a small port: which changes came after one that was seen.

export {
  type ChangePollOptions,
  type ChangeSource,
  type SeenChange,
  startChangePoll,
} from "./change-poll.ts";
export { Watchers } from "./watchers.ts";
