import HTTPServer
import VendorKit

/// An exchange with the bytes of its heads and bodies in one piece.
///
/// A thousand exchanges kept as they are hold seven objects each, and every request gets the memory of the one that was
/// a thousand before it, which no cache has any more: a journal costs a create 0.8 µs so, and 1.3 otherwise.
struct KeptExchange {
    private(set) var number: Int64?
    private var vendor: String?
    private var operation: String?
    private var sandbox: String?
    private var time: Int64 = 0
    private var elapsed: Int64 = 0
    private var why: Why?
    private var isLocalPeer = true
    private var status = Status.ok
    private var delivery = Delivery.normal
    private var date: Int64?
    private var closesConnection = false
    /// How the request's body came, without its bytes.
    private var bodyForm = RequestBody.none
    /// The request's head and body, and the answer's fields and body.
    private var bytes: [UInt8] = []
    private var ends = (head: 0, body: 0, fields: 0)

    init(_ exchange: borrowing Exchange) {
        become(exchange)
    }

    /// Takes the place of what was kept, in its memory where that fits.
    mutating func become(_ exchange: borrowing Exchange) {
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
        if bytes.capacity > 2 * size { bytes = [] }
        bytes.removeAll(keepingCapacity: true)
        bytes.reserveCapacity(size)
        bytes += exchange.request.headBytes
        ends.head = bytes.count
        if case .bytes(let body) = exchange.request.body {
            bytes += body
            bodyForm = .bytes([])
        } else {
            bodyForm = exchange.request.body
        }
        ends.body = bytes.count
        bytes += exchange.response.fields.bytes
        ends.fields = bytes.count
        bytes += exchange.response.body
    }

    /// Keeps nothing any more.
    mutating func empty() {
        (number, why, bytes) = (nil, nil, [])
    }

    /// About the bytes that it takes.
    var size: Int { Self.overhead + bytes.capacity }

    /// About the bytes that an exchange will take.
    static func size(of exchange: borrowing Exchange) -> Int { overhead + byteCount(of: exchange) }

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

    private static func byteCount(of exchange: borrowing Exchange) -> Int {
        var count = exchange.request.headBytes.count + exchange.response.fields.bytes.count
        if case .bytes(let body) = exchange.request.body { count += body.count }
        return count + exchange.response.body.count
    }
}
