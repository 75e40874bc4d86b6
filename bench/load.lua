-- wrk script: each thread has its own address and its own voters.
-- Arguments: get, hot or spread; a path, or a comma-separated list of question:choice, where a ballot of several
-- options is question:choice+choice, with values question:choice+choice=value+value;
-- comma-separated addresses; a file with one header line per voter; number of threads.

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

-- "5" as it is, "5+9" as a list of JSON.
local function list(numbers)
  if not numbers:find("+", 1, true) then return numbers end
  local separated = numbers:gsub("%+", ",")
  return "[" .. separated .. "]"
end

function init(args)
  what, target = args[1], args[2]
  local addresses = {}
  for address in args[3]:gmatch("[^,]+") do addresses[#addresses + 1] = address end
  local address = addresses[(number - 1) % #addresses + 1]
  local host, port = address:match("^(.*):(%d+)$")
  wrk.thread.addr = wrk.lookup(host, port)[1]
  voters = args[4] and lines(args[4], number, tonumber(args[5])) or { "Accept: */*" }
  -- The parts of a request before and after the voter's header are built once, to keep wrk cheap.
  heads, tails = {}, {}
  if what == "get" then
    heads[1], tails[1] = "GET " .. target .. " HTTP/1.1\r\nHost: localhost\r\n", "\r\n\r\n"
  else
    for question, choices, values in target:gmatch("(%d+):([%d+]+)=?([%d+]*)") do
      local body = '{"choice":' .. list(choices)
      if values ~= "" then body = body .. ',"value":' .. list(values) end
      body = body .. '}'
      heads[#heads + 1] = "PUT /questions/" .. question .. "/vote HTTP/1.1\r\nHost: localhost\r\n"
      tails[#tails + 1] = "\r\nContent-Type: application/json\r\nContent-Length: " .. #body .. "\r\n\r\n" .. body
    end
  end
  -- Each thread starts at another poll. Otherwise all would wait for locks of the same polls.
  sent, start = 0, math.floor(#heads * number / #addresses)
end

function request()
  local lap = math.floor(sent / #voters)
  local voter = voters[sent % #voters + 1]
  -- Every voter votes once in each question. hot: all vote in one question before the next one.
  local option = (what == "spread" and sent + lap + start or lap) % #heads + 1
  sent = sent + 1
  return heads[option] .. voter .. tails[option]
end

function done(summary, latency)
  local errors = summary.errors
  print(string.format(
    'RESULT {"requests": %d, "seconds": %f, "refused": %d, "broken": %d, "p50": %f, "p99": %f}',
    summary.requests, summary.duration / 1e6, errors.status,
    errors.connect + errors.read + errors.write + errors.timeout,
    latency:percentile(50) / 1000, latency:percentile(99) / 1000))
end
