// Lua: concurrency slots, as leases in a sorted set: the member is the call, the score is when its lease ends.

/** Nobody is told to wait longer: a slot may be given back at any moment. */
const WAIT_MS_MAX = 1_000;

export const slotsLua = `
-- 0 when there is a slot for this call; else how long to wait before asking again.
slotWait = function(key, limit, member)
  if call('ZCARD', key) < limit then return 0 end
  local mine = call('ZSCORE', key, member)
  if mine and tonumber(mine) > now then return 0 end
  -- Only now: leases that ran out do no harm while there is room.
  call('ZREMRANGEBYSCORE', key, '-inf', now)
  if call('ZCARD', key) < limit then return 0 end
  local first = call('ZRANGE', key, 0, 0, 'WITHSCORES')
  if not first[2] then return ${WAIT_MS_MAX} end
  return math.max(1, math.min(${WAIT_MS_MAX}, math.ceil(tonumber(first[2]) - now)))
end

-- A lease that is longer stays so. The set outlives its leases by as much again, so that most calls need not touch its end.
takeSlot = function(key, lease, member)
  call('ZADD', key, 'GT', now + lease, member)
  if call('PTTL', key) < lease then call('PEXPIRE', key, math.max(2 * lease, lifeMin)) end
end

-- Leases that ran out and were not let go yet do not count.
slotsTaken = function(key)
  return call('ZCOUNT', key, string.format('(%d', now), '+inf')
end

-- Whether it was still there.
renewSlot = function(key, lease, member)
  local was = tonumber(call('ZSCORE', key, member) or 0)
  takeSlot(key, lease, member)
  return was > now and 1 or 0
end
`;
