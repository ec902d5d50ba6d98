// Lua: one batch of commands of one shard, in their order, at one instant: what the script is called with, and what it answers.
//
//   KEYS  the counters in the order in which the commands name them
//   ARGV  one JSON array: number of the batch | not after | the time, 0 for the server's own | least life of a key |
//         1 if any command is of slots or of the past | the commands, flat:
//           windows, slots, (limit, length, cost) a window, (limit, lease, member) a slot
//           -1, member              gives a slot back
//           -2, lease, member       keeps a slot
//           -3, limit, length, n, (age, cost) n times     places that were taken elsewhere
//
// It answers numbers: the time, the number of the batch (below 0: it came too late, and nothing was done), and for each
// admission what refused it (0 nothing, i the i-th window, -i the i-th slot), then the wait if something did (-1 for ever), and
// each window's remaining places and reset, and how many slots of each kind are taken; for each slot that was kept, whether its
// lease still ran.

import { slotsLua } from "./slots.ts";
import { postLua, windowLua } from "./window.ts";

const openingLua = `
local call, pack, unpack = redis.call, struct.pack, struct.unpack
local body = cjson.decode(ARGV[1])
local now, lifeMin = body[3], body[4]
if now == 0 then
  local time = call('TIME')
  now = time[1] * 1000 + math.floor(time[2] / 1000)
end
-- A batch that was on its way for too long has been decided without us: counting it now would be wrong.
if body[2] > 0 and now > body[2] then return { now, -body[1] } end
`;

/** Most batches need none of these. */
const seldomLua = `
local post, slotWait, takeSlot, slotsTaken, renewSlot
if body[5] == 1 then
${postLua}
${slotsLua}
end
`;

const closingLua = `
local out = { now, body[1] }
local looks = {}
local at, last, key, n = 6, #body, 0, 2
while at <= last do
  local kind = body[at]
  if kind >= 0 then
    -- Windows, slots: first each is looked at, then each is taken, or none.
    local first, slots = at + 2, body[at + 1]
    local beyond = first + 3 * kind
    local longest, by = 0, 0
    for i = 1, kind do
      local a, w = first + 3 * i - 3, looks[i]
      if not w then
        w = {}
        looks[i] = w
      end
      local wait = look(w, KEYS[key + i], body[a], body[a + 1], body[a + 2])
      if longest ~= -1 and (wait > longest or wait == -1) then longest, by = wait, i end
    end
    if slots > 0 and longest ~= -1 then
      for i = 1, slots do
        local a = beyond + 3 * i - 3
        local wait = slotWait(KEYS[key + kind + i], body[a], body[a + 2])
        if wait > longest then longest, by = wait, -i end
      end
    end
    n = n + 1
    out[n] = by
    if by ~= 0 then
      n = n + 1
      out[n] = longest
    end
    for i = 1, kind do
      local a, w = first + 3 * i - 3, looks[i]
      local limit, length = body[a], body[a + 1]
      if by == 0 then take(w, limit, length, body[a + 2]) end
      local remaining = limit - w.count
      out[n + 1], out[n + 2] = remaining > 0 and remaining or 0, resetIn(w, length)
      n = n + 2
    end
    for i = 1, slots do
      local a, slot = beyond + 3 * i - 3, KEYS[key + kind + i]
      if by == 0 then takeSlot(slot, body[a + 1], body[a + 2]) end
      n = n + 1
      out[n] = slotsTaken(slot)
    end
    at, key = beyond + 3 * slots, key + kind + slots
  else
    key = key + 1
    if kind == -1 then
      call('ZREM', KEYS[key], body[at + 1])
      at = at + 2
    elseif kind == -2 then
      n = n + 1
      out[n] = renewSlot(KEYS[key], body[at + 1], body[at + 2])
      at = at + 3
    else
      local pairs = body[at + 3]
      post({}, KEYS[key], body[at + 1], body[at + 2], at + 4, pairs)
      at = at + 4 + 2 * pairs
    end
  end
end
return out
`;

/** Read from top to bottom: the time, windows, slots, then the commands. Redis 6.2 or later, Valkey. */
export const limitsScript: string = [openingLua, windowLua, seldomLua, closingLua]
  .join("")
  .replaceAll(/^\s*(?:--.*)?\n/gm, "");
