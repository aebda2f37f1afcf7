-- Connect: a hundred users from the middle of all, by offset. USERS says how many there are.
local load = require "load"

load.define(200, function()
    local middle = math.floor(tonumber(os.getenv("USERS")) / 2)
    local head = load.head("GET", "/connect/users?limit=100&offset=" .. middle, { "X-API-Key: connect_test_key" })
    return head .. "\r\n"
end)
