-- Seam: every request creates another user identity.
local load = require "load"

load.define(200, function(tag)
    local head = load.head("POST", "/seam/user_identities/create", { "Authorization: Bearer seam_test_key" })
    return function(count)
        local name = tag .. "." .. count
        return load.finish(head,
            '{"user_identity_key":"bench_' .. name .. '","email_address":"bench.' .. name ..
            '@example.com","phone_number":"+1' .. string.format("%04d%08d", tag, count) ..
            '","full_name":"Ada Lovelace"}')
    end
end)
