-- Sensay: every request gives one of a thousand users another e-mail. The store needs users `bench-1` to `bench-1000`
-- beforehand.
local load = require "load"

load.define(200, function(tag)
    local fields = { "X-ORGANIZATION-SECRET: sensay_test_secret" }
    local head = load.head("PUT", "/sensay/v1/users/me", fields) .. "X-USER-ID: "
    return function(count)
        local user = count % 1000 + 1
        return load.finish(head .. "bench-" .. user .. "\r\n",
            '{"name":"Ada Lovelace","email":"bench.' .. tag .. "." .. count .. '@example.com","id":"bench-' .. user ..
            '"}')
    end
end)
