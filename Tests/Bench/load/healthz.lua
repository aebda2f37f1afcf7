-- Every request asks for the server's health.
local load = require "load"

load.define(200, function()
    return load.head("GET", "/healthz", {}) .. "\r\n"
end)
