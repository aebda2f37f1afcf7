-- Pulse: the page in the middle of all, a hundred users long. USERS says how many there are.
local load = require "load"

load.define(200, function()
    local page = math.floor(tonumber(os.getenv("USERS")) / 200) + 1
    local head = load.head("GET", "/pulse/users?pageSize=100&page=" .. page,
        { "Authorization: Bearer pulse_test_token", "x-account-id: 2311" })
    return head .. "\r\n"
end)
