-- Connect: one request over and over, under one idempotency key. The first creates the user, the rest get its answer
-- again.
local load = require "load"

load.define(201, function()
    local fields = { "X-API-Key: connect_test_key", "X-Idempotency-Key: bench-replay" }
    local head = load.head("POST", "/connect/users", fields)
    return load.finish(head, '{"name":"Ada Lovelace","email":"replay@example.com","msisdn":"+15555550110"}')
end)
