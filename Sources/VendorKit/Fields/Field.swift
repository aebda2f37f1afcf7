/// What a body says of one member: nothing, null, or a value.
///
/// Vendors tell the three apart.
package enum Field<Value> {
    /// The member is not there, or was faulty and has been noted.
    case absent
    /// The member is null, where null is allowed.
    case null
    /// The member has a value.
    case value(Value)

    /// The value, or nil when the member is absent or null.
    package var value: Value? {
        if case .value(let value) = self { value } else { nil }
    }
}

extension Field: Sendable where Value: Sendable {}
