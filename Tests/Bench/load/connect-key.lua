-- Connect: every request creates another user under an idempotency key of its own.
local load = require "load"

load.define(201, function(tag)
    local head = load.head("POST", "/connect/users", { "X-API-Key: connect_test_key" }) .. "X-Idempotency-Key: "
    return function(count)
        local name = tag .. "." .. count
        return load.finish(head .. "bench-" .. name .. "\r\n",
            '{"name":"Ada Lovelace","email":"bench.' .. name .. '@example.com","msisdn":"+1' ..
            string.format("%04d%08d", tag, count) .. '"}')
    end
end)
