internal import HTTPTypes
internal import Hummingbird
package import NIOCore
internal import NIOHTTP1
package import NIOHTTPTypes
internal import NIOHTTPTypesHTTP1

/// Stands between the HTTP codec and the server: ends requests whose body does not arrive in time and clients that do
/// not read their answer, closes connections whose request was answered before it was read, answers what is no HTTP,
/// and tells a body that broke off from one that ended.
///
/// A client that gets its answer early (413, 401 …) is given a second to read it; what it sends meanwhile is dropped.
package final class ConnectionGuard: ChannelDuplexHandler, RemovableChannelHandler {
    package typealias InboundIn = HTTPRequestPart
    package typealias InboundOut = HTTPRequestPart
    package typealias OutboundIn = HTTPResponsePart
    package typealias OutboundOut = HTTPResponsePart

    /// The body broke off; what came of it must not be taken for the whole.
    struct IncompleteBody: Error {}
    /// The server is about to read the body: a client that waits for that may send it (RFC 9110, section 10.1.1).
    package struct BodyIsWanted: Sendable {
        package init() {}
    }

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
    private var state = State.idle
    /// Requests whose answer is not finished; more than one where a client does not wait for answers.
    private var unanswered = 0
    private var mustClose = false
    private var isAnswering = false
    private var writeTimer: Scheduled<Void>?

    /// - Parameter requestTime: how long a body may take to arrive, and a client not to read its answer.
    init(requestTime: Duration) {
        bodyTime = TimeAmount(requestTime)
    }

    // MARK: - What comes in

    package func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch state {
        case .closing: return
        case .idle, .reading: break
        }
        switch unwrapInboundIn(data) {
        case .head:
            unanswered += 1
            state = .reading(schedule(in: bodyTime, context) { handler, context in handler.timedOut(context) })
        case .body: break
        case .end: stopReading()
        }
        context.fireChannelRead(data)
    }

    package func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard let problem = Self.refusal(for: error) else { return context.fireErrorCaught(error) }
        switch state {
        case .closing: return
        case .reading:
            // The server answers for a request that it has begun to read.
            context.fireErrorCaught(IncompleteBody())
            if isAnswering { linger(context) }
        case .idle where unanswered > 0:
            // What came before it is answered still.
            mustClose = true
        case .idle: answer(problem, context)
        }
    }

    package func channelInactive(context: ChannelHandlerContext) {
        if isReading { context.fireErrorCaught(IncompleteBody()) }
        stopReading()
        stopWriteTimer()
        context.fireChannelInactive()
    }

    package func handlerRemoved(context: ChannelHandlerContext) {
        stopReading()
        stopWriteTimer()
    }

    /// What is amiss with something that is no HTTP; nil for other errors.
    private static func refusal(for error: any Error) -> Refusal? {
        switch error {
        case HTTPParserError.headerOverflow:
            Refusal(.headerTooLarge, "the request's line or header is too large; send less")
        case let error as HTTPParserError:
            Refusal(.malformedRequest, "this is no HTTP/1.1 (RFC 9112): \(error)")
        case is HTTP1TypeConversionError:
            Refusal(.malformedRequest, "a header field's name is none (RFC 9110, section 5.1)")
        default: nil
        }
    }

    // MARK: - What goes out

    package func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
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
            unanswered -= 1
            if mustClose {
                context.writeAndFlush(data, promise: promise)
                linger(context)
            } else {
                context.write(data, promise: promise)
            }
        }
    }

    package func triggerUserOutboundEvent(context: ChannelHandlerContext, event: Any, promise: EventLoopPromise<Void>?)
    {
        guard event is BodyIsWanted else { return context.triggerUserOutboundEvent(event, promise: promise) }
        if isReading, !isAnswering {
            context.writeAndFlush(wrapOutboundOut(.head(HTTPResponse(status: .continue))), promise: nil)
        }
        promise?.succeed()
    }

    /// A client that does not read its answers is cut off like one that does not send its request.
    package func channelWritabilityChanged(context: ChannelHandlerContext) {
        stopWriteTimer()
        if !context.channel.isWritable {
            writeTimer = schedule(in: bodyTime, context) { _, context in context.close(promise: nil) }
        }
        context.fireChannelWritabilityChanged()
    }

    // MARK: - Ending

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

    private func stopWriteTimer() {
        writeTimer?.cancel()
        writeTimer = nil
    }

    private func timedOut(_ context: ChannelHandlerContext) {
        guard isReading else { return }
        state = .idle
        context.fireErrorCaught(IncompleteBody())
        if isAnswering {
            linger(context)
        } else {
            answer(Refusal(.requestTimeout, "the body did not arrive in time; send it again, faster"), context)
        }
    }

    /// Answers in the server's place, for the last time.
    private func answer(_ refusal: Refusal, _ context: ChannelHandlerContext) {
        let response = JSONReply.problem(refusal)
        var head = response.head
        head.headerFields[.connection] = "close"
        let body = ByteBuffer(bytes: JSONReply.bytes(ProblemDocument(refusal)))
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.write(wrapOutboundOut(.body(body)), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        linger(context)
    }

    private func linger(_ context: ChannelHandlerContext) {
        stopReading()
        state = .closing
        let loopBound = NIOLoopBound(context, eventLoop: context.eventLoop)
        context.close(mode: .output).whenFailure { _ in loopBound.value.close(promise: nil) }
        context.eventLoop.scheduleTask(in: Self.lingerTime) { loopBound.value.close(promise: nil) }
    }

    private func schedule(
        in time: TimeAmount,
        _ context: ChannelHandlerContext,
        _ body: @escaping @Sendable (ConnectionGuard, ChannelHandlerContext) -> Void
    ) -> Scheduled<Void> {
        let loopBound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        return context.eventLoop.scheduleTask(in: time) {
            let (handler, context) = loopBound.value
            body(handler, context)
        }
    }
}

@available(*, unavailable, message: "belongs to its channel's event loop")
extension ConnectionGuard: Sendable {}
