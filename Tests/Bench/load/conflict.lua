-- Seam: every request asks for a key that is taken. The store needs the user `taken` beforehand.
local load = require "load"

load.define(409, function()
    local head = load.head("POST", "/seam/user_identities/create", { "Authorization: Bearer seam_test_key" })
    return load.finish(head,
        '{"user_identity_key":"taken","email_address":"taken@example.com","phone_number":"+15555550110",' ..
        '"full_name":"Ada Lovelace"}')
end)
