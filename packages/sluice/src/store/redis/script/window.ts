// Lua: one exact sliding window, as a ring of times in one string.
//
//   28 bytes: newest (a double: whole milliseconds) | head | count | oldest | end of the key's life | capacity
//   then `capacity` times of places; these and the rest of the header are little-endian u32, times modulo 2^32
//
// Windows are 24 days at most. What counts is no older than that, and what has not been let go yet is no older than twice
// that: less than 2^32 ms, so a difference modulo 2^32 is the true one. Only `newest` may be of any age.
//
// Each closure costs every call of the script a tenth of a microsecond, and each table more: hence few of both. A number that
// is handed to a command is printed with 17 digits, a fifth of a microsecond: hence '0' where it is always the same.

import { HOUR_MS } from "../../../base/index.ts";

const HEADER = 28;
const FORMAT = "'<dI4I4I4I4I4'";
const U32 = 2 ** 32;
/** Places that are read together with the header, and then at once. */
const FIRST = 32;
const CHUNK = 32;
/** The smallest ring; a limit may be smaller. */
const CAPACITY_MIN = 16;
/** A key outlives its newest place by a window or by this, so that most calls need not touch its end. */
const SLACK_MS_MAX = 12 * HOUR_MS;

export const windowLua = `
-- The time of the place at a position of the ring; reads on in parts.
local function timeAt(w, position)
  if position < w.from or position >= w.upto then
    local first = ${HEADER} + 4 * position
    w.bytes = call('GETRANGE', w.key, first, first + ${4 * CHUNK - 1})
    w.from, w.upto, w.base = position, position + #w.bytes / 4, 1
  end
  return (unpack('<I4', w.bytes, w.base + 4 * (position - w.from)))
end

-- Reads a window into w, and says how long until these places are free: 0 now, -1 never. Writes nothing.
local function look(w, key, limit, length, cost)
  local bytes = call('GETRANGE', key, '0', '${HEADER + 4 * FIRST - 1}')
  w.key, w.at, w.lead, w.count, w.capacity = key, now, 0, 0, 0
  if #bytes < ${HEADER} then return cost > limit and -1 or 0 end
  local newest, head, count, oldest, ends, capacity = unpack(${FORMAT}, bytes)
  w.bytes, w.from, w.upto, w.base = bytes, 0, (#bytes - ${HEADER}) / 4, ${HEADER + 1}
  -- A clock that was set back stands still here until it has caught up with the newest place.
  local at = now
  if newest > now then
    at, w.at, w.lead = newest, newest, newest - now
  end
  local at32 = at % ${U32}
  if at - newest >= length then
    count = 0
  else
    -- What no longer counts is let go: each place once, and never more than there are, whatever the string holds.
    while count > 0 and (at32 - oldest) % ${U32} >= length do
      head, count = (head + 1) % capacity, count - 1
      oldest = timeAt(w, head)
    end
  end
  w.newest, w.head, w.count, w.oldest, w.ends, w.capacity = newest, head, count, oldest, ends, capacity
  local needed = count + cost - limit
  if needed <= 0 then return 0 end
  if cost > limit then return -1 end
  if needed > 1 then oldest = timeAt(w, (head + needed - 1) % capacity) end
  return length - (at32 - oldest) % ${U32} + w.lead
end

local function resetIn(w, length)
  if w.count == 0 then return 0 end
  return length - (w.at - w.oldest) % ${U32} + w.lead
end

-- How long the key is to live from now.
local function lifeOf(w, length)
  local slack = length < ${SLACK_MS_MAX} and length or ${SLACK_MS_MAX}
  w.ends = (w.at + length + slack) % ${U32}
  return math.max(length + slack + w.lead, lifeMin)
end

-- Writes the whole ring anew, with these places behind what counts; no larger than the limit needs: memory follows use.
local function layOut(w, limit, length, places, newest)
  if w.count > 0 then
    local first, last = ${HEADER} + 4 * w.head, w.head + w.count - 1
    if last < w.capacity then
      places = call('GETRANGE', w.key, first, ${HEADER + 3} + 4 * last) .. places
    else
      places = call('GETRANGE', w.key, first, ${HEADER - 1} + 4 * w.capacity)
        .. call('GETRANGE', w.key, ${HEADER}, ${HEADER + 3} + 4 * (last - w.capacity)) .. places
    end
  end
  -- Only where places are told of later: beyond the limit the newest alone matter.
  if #places > 4 * limit then places = string.sub(places, -4 * limit) end
  local count, capacity = #places / 4, ${CAPACITY_MIN}
  while capacity < count do capacity = capacity * 2 end
  if capacity > limit then capacity = math.max(count, limit) end
  w.head, w.count, w.capacity, w.newest = 0, count, capacity, newest
  w.oldest = unpack('<I4', places)
  local life = lifeOf(w, length)
  local header = pack(${FORMAT}, newest, 0, count, w.oldest, w.ends, capacity)
  call('SET', w.key, header .. places .. string.rep('\\0', 4 * (capacity - count)), 'PX', life)
end

-- Takes places that are free, after a look.
local function take(w, limit, length, cost)
  local at, count, capacity = w.at, w.count, w.capacity
  local places = pack('<I4', at % ${U32})
  if cost > 1 then places = string.rep(places, cost) end
  if count == 0 or count + cost > capacity then return layOut(w, limit, length, places, at) end
  local tail = (w.head + count) % capacity
  local fit = capacity - tail
  if fit >= cost then
    call('SETRANGE', w.key, string.format('%d', ${HEADER} + 4 * tail), places)
  else
    call('SETRANGE', w.key, ${HEADER} + 4 * tail, string.sub(places, 1, 4 * fit))
    call('SETRANGE', w.key, ${HEADER}, string.sub(places, 4 * fit + 1))
  end
  w.count = count + cost
  local left = (w.ends - at) % ${U32}
  if left < length or left >= ${U32 / 2} then call('PEXPIRE', w.key, lifeOf(w, length)) end
  call('SETRANGE', w.key, '0', pack(${FORMAT}, at, w.head, w.count, w.oldest, w.ends, capacity))
end
`;

/**
 * Places that were taken while nobody could be asked, oldest first, as pairs of age and cost in \`body\`. They stand behind what
 * is there, so that the ring stays in order: too long rather than too short.
 */
export const postLua = `
post = function(w, key, limit, length, from, count)
  look(w, key, limit, length, 0)
  local youngest = w.count > 0 and w.at - w.newest or length
  local places = {}
  for i = from, from + 2 * (count - 1), 2 do
    local age = math.min(body[i], youngest)
    if age < length then
      youngest = age
      places[#places + 1] = string.rep(pack('<I4', (w.at - age) % ${U32}), body[i + 1])
    end
  end
  if #places > 0 then layOut(w, limit, length, table.concat(places), w.at - youngest) end
end
`;
