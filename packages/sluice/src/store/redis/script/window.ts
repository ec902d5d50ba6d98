// Lua: one exact sliding window, as a ring of times in one string.
//
//   28 bytes: newest (a double: whole milliseconds) | head | count | oldest | end of the key's life | capacity
//   then `capacity` times of places; these and the rest of the header are little-endian u32, times modulo 2^32
//
// Windows are 24 days at most. What counts is no older than that, and what has not been let go yet is no older than twice
// that: less than 2^32 ms, so a difference modulo 2^32 is the true one. Only `newest` may be of any age.

export const windowLua = `
local U32, HALF = 4294967296, 2147483648
local HEADER, FIRST, CHUNK = 28, 64, 32
local SLACK_MAX = 43200000

-- What this batch has touched: read once, changed here, written once. A refusal changes nothing.
local windows, touched = {}, {}

local function openWindow(key)
  local w = windows[key]
  if w then return w end
  -- The header and a small ring in one call; of a large one, its first part.
  local bytes = call('GETRANGE', key, 0, HEADER + 4 * FIRST - 1)
  w = { key = key, head = 0, count = 0, oldest = now32, newest = now, ends = now32, capacity = 0,
        added = 0, lead = 0, at = now, at32 = now32, limit = 0, length = 0,
        bytes = bytes, from = 0, upto = (#bytes - HEADER) / 4 }
  if #bytes >= HEADER then
    w.newest, w.head, w.count, w.oldest, w.ends, w.capacity = unpack_('<dI4I4I4I4I4', bytes)
    -- A clock that was set back stands still here until it has caught up with the newest place.
    if w.newest > now then
      w.lead, w.at, w.at32 = w.newest - now, w.newest, w.newest % U32
    end
  end
  windows[key] = w
  touched[#touched + 1] = w
  return w
end

-- The time of the place at a position of the ring; reads on in chunks.
local function timeAt(w, position)
  if position < w.from or position >= w.upto then
    local first = HEADER + 4 * position
    w.bytes = call('GETRANGE', w.key, first, first + 4 * CHUNK - 1)
    w.from, w.upto = position, position + #w.bytes / 4
    return (unpack_('<I4', w.bytes, 1))
  end
  local base = w.from == 0 and #w.bytes - 4 * w.upto or 0
  return (unpack_('<I4', w.bytes, base + 4 * (position - w.from) + 1))
end

-- Lets go of what no longer counts: each place once.
local function advance(w, length)
  if w.count == 0 then return end
  if w.at - w.newest >= length then
    w.count = 0
    return
  end
  if (w.at32 - w.oldest) % U32 < length then return end
  repeat
    w.head = (w.head + 1) % w.capacity
    w.count = w.count - 1
    w.oldest = timeAt(w, w.head)
  until (w.at32 - w.oldest) % U32 < length
end

-- How long until these places are free: 0 now, -1 never.
local function windowWait(w, limit, length, cost)
  advance(w, length)
  local needed = w.count + w.added + cost - limit
  if needed <= 0 then return 0 end
  if cost > limit then return -1 end
  -- What this batch has added is of this very moment.
  if needed > w.count then return length + w.lead end
  local time = w.oldest
  if needed > 1 then time = timeAt(w, (w.head + needed - 1) % w.capacity) end
  return length - (w.at32 - time) % U32 + w.lead
end

local function takePlaces(w, limit, length, cost)
  w.added = w.added + cost
  if limit > w.limit then w.limit = limit end
  if length > w.length then w.length = length end
end

local function remaining(w, limit)
  local left = limit - w.count - w.added
  return left > 0 and left or 0
end

local function resetIn(w, length)
  if w.count == 0 and w.added == 0 then return 0 end
  if w.count == 0 then return length + w.lead end
  return length - (w.at32 - w.oldest) % U32 + w.lead
end

local function header(w)
  return pack('<dI4I4I4I4I4', w.newest, w.head, w.count, w.oldest, w.ends, w.capacity)
end

-- The key outlives its newest place by the slack, so that most calls need not touch its end.
local function lifeOf(w)
  local slack = w.length < SLACK_MAX and w.length or SLACK_MAX
  w.ends = (w.at32 + w.length + slack) % U32
  local life = w.length + slack + w.lead
  return life > lifeMin and life or lifeMin
end

local function livePlaces(w)
  if w.count == 0 then return '' end
  local last = w.head + w.count - 1
  if last < w.capacity then
    return call('GETRANGE', w.key, HEADER + 4 * w.head, HEADER + 4 * last + 3)
  end
  return call('GETRANGE', w.key, HEADER + 4 * w.head, HEADER + 4 * w.capacity - 1)
    .. call('GETRANGE', w.key, HEADER, HEADER + 4 * (last - w.capacity) + 3)
end

-- Writes the whole ring anew, no larger than the limit needs: memory follows real use.
local function layOut(w, places, newest)
  local count = #places / 4
  local capacity = 16
  while capacity < count do capacity = capacity * 2 end
  if capacity > w.limit then capacity = count > w.limit and count or w.limit end
  w.head, w.count, w.capacity = 0, count, capacity
  w.oldest = unpack_('<I4', places, 1)
  w.newest = newest
  local life = lifeOf(w)
  call('SET', w.key, header(w) .. places .. string.rep('\\0', 4 * (capacity - count)), 'PX', life)
  w.bytes, w.from, w.upto = '', 0, 0
end

local function writeWindow(w)
  if w.added == 0 then return end
  local places = string.rep(pack('<I4', w.at32), w.added)
  if w.count == 0 or w.count + w.added > w.capacity then
    return layOut(w, livePlaces(w) .. places, w.at)
  end
  local tail = (w.head + w.count) % w.capacity
  local fit = w.capacity - tail
  if fit >= w.added then
    call('SETRANGE', w.key, HEADER + 4 * tail, places)
  else
    call('SETRANGE', w.key, HEADER + 4 * tail, string.sub(places, 1, 4 * fit))
    call('SETRANGE', w.key, HEADER, string.sub(places, 4 * fit + 1))
  end
  w.count = w.count + w.added
  w.newest = w.at
  local left = (w.ends - w.at32) % U32
  if left < w.length or left >= HALF then call('PEXPIRE', w.key, lifeOf(w)) end
  call('SETRANGE', w.key, 0, header(w))
end

-- Places that were taken while nobody could be asked, oldest first, as pairs of age and cost. They stand behind what
-- is there, so that the ring stays in order: too long rather than too short. Beyond the limit only the newest matter.
local function postPlaces(w, limit, length, body, from, pairs_)
  advance(w, length)
  if limit > w.limit then w.limit = limit end
  if length > w.length then w.length = length end
  -- The age of the newest that is there, or of the newest that was told: none may be older.
  local youngest = w.added > 0 and 0 or w.count > 0 and w.at - w.newest or length
  local parts = { livePlaces(w) }
  for i = 0, pairs_ - 1 do
    local age, cost = body[from + 2 * i], body[from + 2 * i + 1]
    if age > youngest then age = youngest end
    if age < length then
      youngest = age
      parts[#parts + 1] = string.rep(pack('<I4', (w.at32 - age) % U32), cost)
    end
  end
  local places = table.concat(parts)
  if #places > 4 * limit then places = string.sub(places, -4 * limit) end
  if #places > 0 then layOut(w, places, w.at - youngest) end
end
`;
