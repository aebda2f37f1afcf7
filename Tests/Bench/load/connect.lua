-- Connect: every request creates another user.
local load = require "load"

load.define(201, function(tag)
    local head = load.head("POST", "/connect/users", { "X-API-Key: connect_test_key" })
    return function(count)
        return load.finish(head,
            '{"name":"Ada Lovelace","email":"bench.' .. tag .. "." .. count .. '@example.com","msisdn":"+1' ..
            string.format("%04d%08d", tag, count) .. '"}')
    end
end)
