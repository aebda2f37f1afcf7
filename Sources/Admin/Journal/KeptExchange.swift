import HTTPServer
import VendorKit

/// An exchange with the bytes of its heads and bodies in one piece.
///
/// A thousand exchanges kept as they are hold seven objects each, and every request gets the memory of the one that was
/// a thousand before it, which no cache has any more.
struct KeptExchange {
    let number: Int64?
    private let vendor: String?
    private let operation: String?
    private let sandbox: String?
    private let time: Int64
    private let elapsed: Int64
    private let why: Why?
    private let isLocalPeer: Bool
    private let status: Status
    private let delivery: Delivery
    private let date: Int64?
    private let closesConnection: Bool
    /// How the request's body came, without its bytes.
    private let bodyForm: RequestBody
    /// The request's head and body, and the answer's fields and body.
    private(set) var bytes: [UInt8]
    private let ends: (head: Int, body: Int, fields: Int)

    /// Copies an exchange into memory that is no longer needed.
    init(_ exchange: Exchange, in room: consuming [UInt8]) {
        number = exchange.number
        vendor = exchange.vendor
        operation = exchange.operation
        sandbox = exchange.sandbox
        time = exchange.time
        elapsed = exchange.elapsed
        why = exchange.why
        isLocalPeer = exchange.request.isLocalPeer
        status = exchange.response.status
        delivery = exchange.response.delivery
        date = exchange.response.date
        closesConnection = exchange.response.closesConnection

        let size = Self.byteCount(of: exchange)
        bytes = room.capacity > 4 * size ? [] : room
        bytes.removeAll(keepingCapacity: true)
        bytes.reserveCapacity(size)
        bytes += exchange.request.headBytes
        let head = bytes.count
        switch exchange.request.body {
        case .bytes(let body):
            bytes += body
            bodyForm = .bytes([])
        case let other:
            bodyForm = other
        }
        let body = bytes.count
        bytes += exchange.response.fields.bytes
        let fields = bytes.count
        bytes += exchange.response.body
        ends = (head, body, fields)
    }

    /// About the bytes that it takes.
    var size: Int { Self.overhead + bytes.count }

    /// About the bytes that an exchange will take.
    static func size(of exchange: Exchange) -> Int { overhead + byteCount(of: exchange) }

    /// The exchange as it was; what of its answer came later is not there.
    var exchange: Exchange? {
        let body =
            if case .bytes = bodyForm { RequestBody.bytes(Array(bytes[ends.head..<ends.body])) } else { bodyForm }
        guard let request = Request(headBytes: Array(bytes[..<ends.head]), body: body, isLocalPeer: isLocalPeer) else {
            return nil
        }
        var fields = ResponseFields()
        fields.appendLines { $0 += bytes[ends.body..<ends.fields] }
        var response = Response(
            status, fields: fields, body: Array(bytes[ends.fields...]), closesConnection: closesConnection)
        response.delivery = delivery
        response.date = date
        return Exchange(
            number: number, vendor: vendor, operation: operation, sandbox: sandbox, time: time, why: why,
            request: request, response: response, elapsed: elapsed)
    }

    private static let overhead = 512

    private static func byteCount(of exchange: Exchange) -> Int {
        var count = exchange.request.headBytes.count + exchange.response.fields.bytes.count
        if case .bytes(let body) = exchange.request.body { count += body.count }
        return count + exchange.response.body.count
    }
}
