-- wrk: each thread has an address of its own, and votes as voters of its own, each once.
-- Arguments: get, hot or spread; a path, or question:choice by comma; addresses by comma; a file with a header for
-- each voter; how many threads share it.

local threads = 0

function setup(thread)
  threads = threads + 1
  thread:set("number", threads)
end

local function lines(file, from, step)
  local list, n = {}, 0
  for line in io.lines(file) do
    n = n + 1
    if n % step == from % step then list[#list + 1] = line end
  end
  return list
end

function init(args)
  what, target = args[1], args[2]
  local addresses = {}
  for address in args[3]:gmatch("[^,]+") do addresses[#addresses + 1] = address end
  local address = addresses[(number - 1) % #addresses + 1]
  local host, port = address:match("^(.*):(%d+)$")
  wrk.thread.addr = wrk.lookup(host, port)[1]
  voters = args[4] and lines(args[4], number, tonumber(args[5])) or { "Accept: */*" }
  options = {}
  for option in target:gmatch("[^,]+") do options[#options + 1] = option end
  sent = 0
end

function request()
  local lap = math.floor(sent / #voters)
  local name, value = voters[sent % #voters + 1]:match("^(%S+): (.*)$")
  local headers = { Host = "localhost", [name] = value }
  if what == "get" then
    sent = sent + 1
    return wrk.format("GET", target, headers)
  end
  -- An option is question:choice. Every voter votes once in each question: hot means one question until all have.
  local option = options[(what == "spread" and sent + lap or lap) % #options + 1]
  local question, choice = option:match("^(%d+):(%d+)$")
  sent = sent + 1
  headers["Content-Type"] = "application/json"
  return wrk.format("PUT", "/questions/" .. question .. "/vote", headers, '{"choice":' .. choice .. '}')
end

function done(summary, latency)
  local errors = summary.errors
  print(string.format(
    'RESULT {"requests": %d, "seconds": %f, "refused": %d, "broken": %d, "p50": %f, "p99": %f}',
    summary.requests, summary.duration / 1e6, errors.status,
    errors.connect + errors.read + errors.write + errors.timeout,
    latency:percentile(50) / 1000, latency:percentile(99) / 1000))
end
