-- What wrk does beyond a plain GET: posts the JSON that BENCH_BODY holds, or BENCH_BODY_BYTES bytes of no meaning, written
-- once, so that each request costs wrk nothing; and waits BENCH_THINK_MS on average before each request, never in step.

local body, bytes = os.getenv("BENCH_BODY"), tonumber(os.getenv("BENCH_BODY_BYTES"))
local think = tonumber(os.getenv("BENCH_THINK_MS"))

if body then
  wrk.method = "POST"
  wrk.headers["Content-Type"] = "application/json"
  wrk.body = body
elseif bytes then
  wrk.method = "POST"
  wrk.headers["Content-Type"] = "application/octet-stream"
  wrk.body = string.rep("x", bytes)
end

if think then
  function delay()
    return math.random(0, 2 * think)
  end
end
