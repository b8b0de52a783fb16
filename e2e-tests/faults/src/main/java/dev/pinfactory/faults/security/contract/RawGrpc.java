package dev.pinfactory.faults.security.contract;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.handler.codec.http2.Http2StreamChannelBootstrap;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** gRPC below gRPC: streams of HTTP/2 with whatever headers and bytes they are given. Not safe for concurrent use. */
final class RawGrpc implements AutoCloseable {
    private static final EventLoopGroup LOOP = new MultiThreadIoEventLoopGroup(1, daemon(), NioIoHandler.newFactory());
    /** After so many the server takes resets for an attack. */
    private static final int RESETS = 100;

    private static final int MOST = 64 * 1024;
    private static final Duration OPENING = Duration.ofSeconds(10);

    private final String host;
    private final int port;
    private Optional<Channel> connection = Optional.empty();
    private int resets;

    RawGrpc(String host, int port) {
        this.host = host;
        this.port = port;
    }

    /** How a call ended. */
    enum End {
        /** As it should, with a status. */
        TRAILERS,
        /** The server gave the stream up. */
        RESET,
        /** The server closed the connection. */
        CLOSED,
        /** Nobody waited any longer. */
        GIVEN_UP
    }

    /**
     * An answer.
     *
     * @param headers those at its begin and at its end, by name
     * @param body at most 64 KiB of it
     */
    @SuppressWarnings("ArrayRecordComponent") // read once
    record Answer(End end, Map<String, String> headers, byte[] body) {
        Answer {
            headers = Map.copyOf(headers);
        }

        int httpStatus() {
            return Integer.parseInt(headers.getOrDefault(":status", "0"));
        }

        /** Empty where it has none. */
        Optional<Integer> status() {
            return Optional.ofNullable(headers.get("grpc-status")).map(Integer::valueOf);
        }
    }

    private static ThreadFactory daemon() {
        return Thread.ofPlatform().daemon().name("raw-grpc").factory();
    }

    /** Sends one, and waits for its end. */
    Answer call(GrpcRequest request) throws InterruptedException {
        boolean fresh = connection.isEmpty();
        Answer answer = once(request);
        boolean unheard = answer.end() == End.CLOSED && answer.headers().isEmpty();
        if (answer.end() == End.CLOSED) {
            close();
        }
        // An older connection may have been closed for what came before.
        return unheard && !fresh ? once(request) : answer;
    }

    private Answer once(GrpcRequest request) throws InterruptedException {
        Collector collector = new Collector();
        Http2StreamChannel stream;
        try {
            stream = new Http2StreamChannelBootstrap(connected())
                    .handler(collector)
                    .open()
                    .get(OPENING.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            close();
            return new Answer(End.CLOSED, Map.of(), new byte[0]);
        }
        boolean bare = request.body().length == 0 && request.ends();
        stream.write(new DefaultHttp2HeadersFrame(request.headers(), bare));
        if (!bare) {
            stream.write(new DefaultHttp2DataFrame(Unpooled.wrappedBuffer(request.body()), request.ends()));
        }
        stream.flush();
        return ended(stream, collector, request.patience());
    }

    private Answer ended(Http2StreamChannel stream, Collector collector, Duration patience)
            throws InterruptedException {
        try {
            return collector.answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            stream.writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.CANCEL));
            if (++resets >= RESETS) {
                close();
            }
            return collector.soFar(End.GIVEN_UP);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private Channel connected() throws InterruptedException {
        if (connection.isPresent() && connection.get().isActive()) {
            return connection.get();
        }
        resets = 0;
        Channel open = new Bootstrap()
                .group(LOOP)
                .channel(NioSocketChannel.class)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline()
                                .addLast(Http2FrameCodecBuilder.forClient()
                                        .validateHeaders(false)
                                        .build())
                                .addLast(new Http2MultiplexHandler(new ChannelInboundHandlerAdapter()));
                    }
                })
                .connect(host, port)
                .sync()
                .channel();
        connection = Optional.of(open);
        return open;
    }

    @Override
    public void close() {
        connection.ifPresent(Channel::close);
        connection = Optional.empty();
    }

    /** What comes on one stream; called by the connection's thread alone, but for what it has so far. */
    private static final class Collector extends ChannelInboundHandlerAdapter {
        private final CompletableFuture<Answer> answer = new CompletableFuture<>();
        private final Map<String, String> headers = new TreeMap<>();
        private byte[] body = new byte[0];

        synchronized Answer soFar(End end) {
            return new Answer(end, headers, body);
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            try {
                switch (message) {
                    case Http2HeadersFrame frame -> add(frame.headers(), frame.isEndStream());
                    case Http2DataFrame frame -> {
                        add(ByteBufUtil.getBytes(frame.content()));
                        if (frame.isEndStream()) {
                            answer.complete(soFar(End.TRAILERS));
                        }
                    }
                    default -> {
                        // Of the connection.
                    }
                }
            } finally {
                ReferenceCountUtil.release(message);
            }
        }

        private void add(Http2Headers more, boolean end) {
            synchronized (this) {
                more.forEach(header -> headers.put(
                        header.getKey().toString(), header.getValue().toString()));
            }
            if (end) {
                answer.complete(soFar(End.TRAILERS));
            }
        }

        private synchronized void add(byte[] more) {
            if (body.length + more.length <= MOST) {
                byte[] longer = Arrays.copyOf(body, body.length + more.length);
                System.arraycopy(more, 0, longer, body.length, more.length);
                body = longer;
            }
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event instanceof Http2ResetFrame) {
                answer.complete(soFar(End.RESET));
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            answer.complete(soFar(End.CLOSED));
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }
}
