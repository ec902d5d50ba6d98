// Lua: concurrency slots, as leases in a sorted set: the member is the call, the score is when its lease ends.

export const slotsLua = `
local LONGEST_WAIT = 1000

-- 0 when there is a slot for this call; else how long to wait before asking again.
local function slotWait(key, limit, member)
  if call('ZCARD', key) < limit then return 0 end
  local mine = call('ZSCORE', key, member)
  if mine and tonumber(mine) > now then return 0 end
  -- Only now: leases that ran out do no harm while there is room.
  call('ZREMRANGEBYSCORE', key, '-inf', now)
  if call('ZCARD', key) < limit then return 0 end
  local wait = LONGEST_WAIT
  local first = call('ZRANGE', key, 0, 0, 'WITHSCORES')
  if first[2] then wait = math.min(wait, math.ceil(tonumber(first[2]) - now)) end
  return math.max(1, wait)
end

-- The set outlives its leases by as much again, so that most calls need not touch its end.
local function keepSet(key, lease)
  if call('PTTL', key) < lease then
    call('PEXPIRE', key, math.max(math.ceil(2 * lease), lifeMin))
  end
end

local function takeSlot(key, lease, member)
  call('ZADD', key, now + lease, member)
  keepSet(key, lease)
end

-- A lease that is longer stays so. Whether it was still there.
local function renewSlot(key, lease, member)
  local was = call('ZSCORE', key, member)
  if not was or tonumber(was) < now + lease then takeSlot(key, lease, member) end
  return was and tonumber(was) > now and 1 or 0
end
`;
