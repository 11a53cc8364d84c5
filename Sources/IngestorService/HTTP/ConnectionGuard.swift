internal import HTTPTypes
internal import Hummingbird
internal import NIOCore
internal import NIOHTTPTypes

/// Stands between the HTTP codec and the server: ends requests whose body does not arrive in time, closes connections
/// whose request was answered before it was read, and tells a body that broke off from one that ended.
///
/// A client that gets its answer early (413, 401 …) is given a second to read it; what it sends meanwhile is dropped.
final class ConnectionGuard: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    /// The body broke off; what came of it must not be taken for the whole.
    struct IncompleteBody: Error {}

    private enum State {
        /// No request's body is being read.
        case idle
        /// The body is on its way.
        case reading(Scheduled<Void>)
        /// The last answer was given; nothing more is read.
        case closing
    }

    static let lingerTime = TimeAmount.seconds(1)

    private let bodyTime: TimeAmount
    private let timeoutResponse: Response
    private var state = State.idle
    private var mustClose = false
    private var isAnswering = false

    init(bodyTime: TimeAmount, timeoutResponse: Response) {
        self.bodyTime = bodyTime
        self.timeoutResponse = timeoutResponse
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch state {
        case .closing: return
        case .idle, .reading: break
        }
        switch unwrapInboundIn(data) {
        case .head:
            let loopBound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
            state = .reading(
                context.eventLoop.scheduleTask(in: bodyTime) {
                    let (handler, context) = loopBound.value
                    handler.timedOut(context)
                }
            )
        case .body: break
        case .end: stopReading()
        }
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch state {
        case .closing:
            promise?.fail(ChannelError.outputClosed)
            return
        case .idle, .reading: break
        }
        switch unwrapOutboundIn(data) {
        case .head(var head):
            isAnswering = true
            if isReading { mustClose = true }
            if mustClose { head.headerFields[.connection] = "close" }
            if head.headerFields[.connection] == "close" { mustClose = true }
            context.write(wrapOutboundOut(.head(head)), promise: promise)
        case .body: context.write(data, promise: promise)
        case .end:
            isAnswering = false
            if mustClose {
                context.writeAndFlush(data, promise: promise)
                linger(context)
            } else {
                context.write(data, promise: promise)
            }
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        if isReading { context.fireErrorCaught(IncompleteBody()) }
        stopReading()
        context.fireChannelInactive()
    }

    func handlerRemoved(context: ChannelHandlerContext) { stopReading() }

    private var isReading: Bool {
        switch state {
        case .reading: true
        case .idle, .closing: false
        }
    }

    private func stopReading() {
        switch state {
        case .reading(let timer):
            timer.cancel()
            state = .idle
        case .idle, .closing: break
        }
    }

    private func timedOut(_ context: ChannelHandlerContext) {
        guard isReading else { return }
        state = .idle
        context.fireErrorCaught(IncompleteBody())
        if !isAnswering {
            mustClose = true
            var head = timeoutResponse.head
            head.headerFields[.connection] = "close"
            context.write(wrapOutboundOut(.head(head)), promise: nil)
            context.write(wrapOutboundOut(.body(ByteBuffer(bytes: ProblemDocument.timeoutBody))), promise: nil)
            context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        }
        linger(context)
    }

    private func linger(_ context: ChannelHandlerContext) {
        stopReading()
        state = .closing
        let loopBound = NIOLoopBound(context, eventLoop: context.eventLoop)
        context.close(mode: .output).whenFailure { _ in loopBound.value.close(promise: nil) }
        context.eventLoop.scheduleTask(in: Self.lingerTime) { loopBound.value.close(promise: nil) }
    }
}

@available(*, unavailable, message: "belongs to its channel's event loop")
extension ConnectionGuard: Sendable {}
