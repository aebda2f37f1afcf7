-- Sensay: every request gives one of a thousand users another e-mail. The store needs users `bench-1` to `bench-1000` beforehand.
local load = require "load"

load.define(200, function(tag)
    local head = load.head("PUT", "/sensay/v1/users/me", { "X-ORGANIZATION-SECRET: sensay_test_secret", "X-USER-ID: bench-" })
    head = head:sub(1, -3)
    return function(count)
        local user = count % 1000 + 1
        return load.finish(head .. user .. "\r\n",
            '{"name":"Ada Lovelace","email":"bench.' .. tag .. "." .. count .. '@example.com","id":"bench-' .. user .. '"}')
    end
end)
