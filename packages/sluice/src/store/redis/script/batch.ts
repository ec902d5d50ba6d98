// Lua: one batch of commands of one shard, in their order, at one instant: what the script is called with, and what it answers.
//
//   KEYS  the counters in the order in which the commands name them
//   ARGV  one JSON array: number of the batch | not after | the time, 0 for the server's own | least life of a key |
//         the commands, flat:
//           windows, slots, (limit, length, cost) a window, (limit, lease, member) a slot
//           -1, member              gives a slot back
//           -2, lease, member       keeps a slot
//           -3, limit, length, n, (age, cost) n times     places that were taken elsewhere
//
// It answers numbers: the time, the number of the batch (below 0: it came too late, and nothing was done), and for each
// admission what refused it (0 nothing, i the i-th window, -i the i-th slot), the wait (-1 for ever), and each window's
// remaining places and reset; for each slot that was kept, whether its lease still ran.

import { slotsLua } from "./slots.ts";
import { windowLua } from "./window.ts";

const openingLua = `
local call, pack, unpack_ = redis.call, struct.pack, struct.unpack
local body = cjson.decode(ARGV[1])
local now, lifeMin = body[3], body[4]
if now == 0 then
  local time = call('TIME')
  now = time[1] * 1000 + math.floor(time[2] / 1000)
end
-- A batch that was on its way for too long has been decided without us: counting it now would be wrong.
if body[2] > 0 and now > body[2] then return { now, -body[1] } end
local now32 = now % 4294967296
`;

const closingLua = `
local out = { now, body[1] }
local at, key, n = 5, 0, 2

local function admit(windowCount, slotCount)
  local first, longest, by = at + 2, 0, 0
  for i = 1, windowCount do
    local a = first + 3 * (i - 1)
    local wait = windowWait(openWindow(KEYS[key + i]), body[a], body[a + 1], body[a + 2])
    if longest ~= -1 and (wait > longest or wait == -1) then longest, by = wait, i end
  end
  local slots = first + 3 * windowCount
  if longest ~= -1 then
    for i = 1, slotCount do
      local a = slots + 3 * (i - 1)
      local wait = slotWait(KEYS[key + windowCount + i], body[a], body[a + 2])
      if wait > longest then longest, by = wait, -i end
    end
  end
  if by == 0 then
    for i = 1, windowCount do
      local a = first + 3 * (i - 1)
      takePlaces(windows[KEYS[key + i]], body[a], body[a + 1], body[a + 2])
    end
    for i = 1, slotCount do
      local a = slots + 3 * (i - 1)
      takeSlot(KEYS[key + windowCount + i], body[a + 1], body[a + 2])
    end
  end
  out[n + 1], out[n + 2] = by, longest
  n = n + 2
  for i = 1, windowCount do
    local a, w = first + 3 * (i - 1), windows[KEYS[key + i]]
    out[n + 1], out[n + 2] = remaining(w, body[a]), resetIn(w, body[a + 1])
    n = n + 2
  end
  at = slots + 3 * slotCount
  key = key + windowCount + slotCount
end

local last = #body
while at <= last do
  local kind = body[at]
  if kind >= 0 then
    admit(kind, body[at + 1])
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
      postPlaces(openWindow(KEYS[key]), body[at + 1], body[at + 2], body, at + 4, body[at + 3])
      at = at + 4 + 2 * body[at + 3]
    end
  end
end
for i = 1, #touched do writeWindow(touched[i]) end
return out
`;

/** Read from top to bottom: the time, windows, slots, then the commands. Redis 6.2 or later, Valkey. */
export const limitsScript: string = [openingLua, windowLua, slotsLua, closingLua]
  .join("")
  .replaceAll(/^\s*(?:--.*)?\n/gm, "");
