package dev.pinfactory.orchestrator.gateway;

import io.netty.channel.Channel;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.handler.codec.http2.Http2StreamChannel;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import reactor.netty.Connection;
import reactor.netty.ConnectionObserver;
import reactor.netty.http.server.HttpServer;

/**
 * Tells an HTTP/2 client that was answered before it has sent everything to stop (RFC 9113, section 8.1). Without it, the server takes in and
 * drops all that comes, and clients that look at the answer only then, such as Java's, upload a gigabyte in order to learn that it is too large.
 */
final class EarlyAnswers implements NettyServerCustomizer {
    @Override
    public HttpServer apply(HttpServer server) {
        return server.childObserve(EarlyAnswers::observe);
    }

    private static void observe(Connection connection, ConnectionObserver.State state) {
        Channel channel = connection.channel();
        if (state == ConnectionObserver.State.DISCONNECTING
                && channel instanceof Http2StreamChannel stream
                && stream.stream().state() == Http2Stream.State.HALF_CLOSED_LOCAL) {
            channel.writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.NO_ERROR));
        }
    }
}
