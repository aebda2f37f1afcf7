-- What the scripts of this folder share. Each says what a request is and which status it must get; wrk runs it:
--
--   LUA_PATH='Tests/Bench/load/?.lua' wrk -s Tests/Bench/load/seam.lua URL -- TAG
--
-- TAG is a number from 0 to 999 that no other run on the same store has had: names are made of it, the thread and a
-- count. The last line of output is for run.sh: requests a second, p50 and p99 in milliseconds, and `ok` or `failed`.
--
-- With STRICT=1 in the environment every single status is compared. That costs wrk more than the server takes to
-- answer, so measured runs only count the statuses above 399, of which a row has none or nothing else.
local load = {}
local threads = {}
local strict = os.getenv("STRICT") == "1"

--- Begins a request: everything up to the body, but for the length.
function load.head(method, path, fields)
    local lines = { method .. " " .. path .. " HTTP/1.1", "Host: " .. wrk.headers["Host"] }
    for _, field in ipairs(fields) do table.insert(lines, field) end
    return table.concat(lines, "\r\n") .. "\r\n"
end

--- Ends a request that has a body.
function load.finish(head, body)
    return head .. "Content-Type: application/json\r\nContent-Length: " .. #body .. "\r\n\r\n" .. body
end

--- Declares the load. `prepare` is called once in each thread with the run's tag; it returns the function that makes
--- the request of a count, or a string when all requests are the same.
function load.define(status, prepare)
    function setup(thread)
        thread:set("number", #threads)
        table.insert(threads, thread)
    end

    function init(arguments)
        -- Threads are told apart in the tag's last digit.
        local make = prepare((tonumber(arguments[1]) or 0) * 4 + number)
        local count = 0
        if type(make) == "string" then
            request = function() return make end
        else
            request = function()
                count = count + 1
                return make(count)
            end
        end
    end

    wrong = 0
    example = ""
    if strict then
        function response(received, _, body)
            if received ~= status then
                wrong = wrong + 1
                example = received .. " " .. body
            end
        end
    end

    function done(summary, latency)
        local errors = summary.errors
        local failed = errors.connect + errors.read + errors.write + errors.timeout
        local unexpected = status > 399 and summary.requests - errors.status or errors.status
        for _, thread in ipairs(threads) do
            unexpected = math.max(unexpected, thread:get("wrong"))
            if thread:get("example") ~= "" then print("expected " .. status .. ", got " .. thread:get("example")) end
        end
        if summary.requests == 0 then print("no answer at all") end
        if unexpected > 0 then print(unexpected .. " answers with another status than " .. status) end
        if failed > 0 then print(failed .. " errors of sockets") end
        print(string.format(
            "%.1f %.3f %.3f %s", summary.requests / summary.duration * 1e6, latency:percentile(50) / 1000,
            latency:percentile(99) / 1000, (unexpected + failed > 0 or summary.requests == 0) and "failed" or "ok"))
    end
end

return load
