-- Seam: a hundred user identities after a cursor, CURSOR.
local load = require "load"

load.define(200, function()
    local path = "/seam/user_identities/list?limit=100&page_cursor=" .. os.getenv("CURSOR")
    return load.head("GET", path, { "Authorization: Bearer seam_test_key" }) .. "\r\n"
end)
