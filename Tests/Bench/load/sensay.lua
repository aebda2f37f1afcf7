-- Sensay: every request creates another user.
local load = require "load"

load.define(200, function(tag)
    local head = load.head("POST", "/sensay/v1/users", { "X-ORGANIZATION-SECRET: sensay_test_secret" })
    return function(count)
        local name = tag .. "." .. count
        return load.finish(head,
            '{"name":"Ada Lovelace","email":"bench.' .. name .. '@example.com","id":"bench-' .. name ..
            '","linkedAccounts":[{"accountID":"' .. name .. '","accountType":"discord"}]}')
    end
end)
