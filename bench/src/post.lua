-- Makes wrk post the JSON that BENCH_BODY holds. Written once, so that each request costs wrk nothing.

wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
wrk.body = os.getenv("BENCH_BODY")
