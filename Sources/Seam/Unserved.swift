import VendorKit

/// What Seam has beside user identities, and what else it does with those. (Evidence: vendor, the routes of
/// seamapi/javascript-http and seamapi/types.)
let unservedPaths: [UnservedPath] = [
    UnservedPath("/user_identities/generate_instant_key"), UnservedPath("/user_identities/add_acs_user"),
    UnservedPath("/user_identities/remove_acs_user"), UnservedPath("/user_identities/grant_access_to_device"),
    UnservedPath("/user_identities/revoke_access_to_device"),
    UnservedPath("/user_identities/list_accessible_devices"),
    UnservedPath("/user_identities/list_accessible_entrances"), UnservedPath("/user_identities/list_acs_systems"),
    UnservedPath("/user_identities/list_acs_users"), UnservedPath("/user_identities/unmanaged/*"),
    UnservedPath("/user_identities/enrollment_automations/*"), UnservedPath("/access_codes/*"),
    UnservedPath("/access_grants/*"), UnservedPath("/access_methods/*"), UnservedPath("/acs/*"),
    UnservedPath("/action_attempts/*"), UnservedPath("/bridges/*"), UnservedPath("/client_sessions/*"),
    UnservedPath("/connect_webviews/*"), UnservedPath("/connected_accounts/*"), UnservedPath("/customers/*"),
    UnservedPath("/devices/*"), UnservedPath("/events/*"), UnservedPath("/instant_keys/*"), UnservedPath("/locks/*"),
    UnservedPath("/noise_sensors/*"), UnservedPath("/phones/*"), UnservedPath("/spaces/*"),
    UnservedPath("/thermostats/*"), UnservedPath("/webhooks/*"), UnservedPath("/workspaces/*"),
]
