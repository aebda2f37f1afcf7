/// The statements that read lists, in one place so that a test can ask for the plan of each: none may walk over a table.
package enum ListSQL {
    private static let columns = "id, fields, created_at, updated_at, request"

    /// Users after a row number (?1) up to another (?2), at most ?3.
    static let page = "SELECT \(columns) FROM users WHERE id > ?1 AND id <= ?2 ORDER BY id LIMIT ?3"

    /// Users from a row number (?1) to another (?2), at most ?3, without the first ?4, which are fewer than 1,024.
    static let pageFrom = "SELECT \(columns) FROM users WHERE id BETWEEN ?1 AND ?2 ORDER BY id LIMIT ?3 OFFSET ?4"

    /// How many users there are from a row number (?1) to another (?2), which are the space ?3: the last ordinal less
    /// those that are missing.
    ///
    /// One statement, so that another process cannot commit between its parts.
    static let count = """
        SELECT max(ifnull((SELECT id FROM users WHERE id BETWEEN ?1 AND ?2 ORDER BY id DESC LIMIT 1), ?1) - ?1,
                ifnull((SELECT last FROM ordinals WHERE space = ?3), 0)) - (\(sum))
        """

    /// How many ordinals are in a set (?1), by its coarsest counts.
    static let sum = "SELECT ifnull(sum(members), 0) FROM bucket_counts WHERE set_id = ?1 AND shift = 20"

    /// The counts of a set (?1) at one shift (?2), of the buckets from ?3 to ?4.
    static let counts = """
        SELECT bucket, members FROM bucket_counts WHERE set_id = ?1 AND shift = ?2 AND bucket BETWEEN ?3 AND ?4
        ORDER BY bucket
        """

    /// Members of a group (?1) from a row number on (?2), at most ?3, without the first ?4, which are fewer than 1,024.
    static let members = """
        SELECT \(columns) FROM users WHERE id IN (
            SELECT member FROM memberships WHERE group_id = ?1 AND member >= ?2 ORDER BY member LIMIT ?3 OFFSET ?4)
        ORDER BY id
        """

    /// All members of a group (?1).
    static let allMembers = "SELECT member FROM memberships WHERE group_id = ?1 ORDER BY member"

    /// The first clock step after a row number (?1) up to another (?2).
    static let clockStep = "SELECT id FROM clock_steps WHERE id > ?1 AND id <= ?2 ORDER BY id LIMIT 1"

    /// All of them.
    package static let all = [page, pageFrom, count, sum, counts, members, allMembers, clockStep]
}
