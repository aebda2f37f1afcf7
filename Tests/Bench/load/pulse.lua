-- Pulse: every request creates another user.
local load = require "load"

load.define(201, function(tag)
    local head = load.head("POST", "/pulse/users", { "Authorization: Bearer pulse_test_token", "x-account-id: 2311" })
    return function(count)
        return load.finish(head,
            '{"email":"bench.' .. tag .. "." .. count .. '@example.com","name":"Ada Lovelace","roles":["agent"]}')
    end
end)
