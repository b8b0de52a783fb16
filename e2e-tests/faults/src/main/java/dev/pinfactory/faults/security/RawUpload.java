package dev.pinfactory.faults.security;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A body that is sent over a plain socket for as long as somebody takes it.
 *
 * @param status of the answer; 0 where the connection was closed without one
 * @param given bytes of the body that left this process
 */
record RawUpload(int status, long given, Duration took) {
    private static final int PIECE = 64 * 1024;
    private static final int PATIENCE_MILLIS = 30_000;

    /** What a body is and how it says so. */
    record Body(String path, String headers, byte[] start, long length, boolean declared) {}

    static RawUpload send(int port, Body body) throws IOException {
        long begin = System.nanoTime();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setOption(StandardSocketOptions.SO_SNDBUF, PIECE);
            socket.setSoTimeout(PATIENCE_MILLIS);
            CompletableFuture<Integer> status = CompletableFuture.supplyAsync(
                    () -> status(socket), task -> Thread.ofVirtual().start(task));
            long given = give(socket.getOutputStream(), port, body, status);
            int code = status.join();
            return new RawUpload(code, given, Duration.ofNanos(System.nanoTime() - begin));
        }
    }

    private static int status(Socket socket) {
        try {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            return Optional.ofNullable(in.readLine())
                    .map(line -> Integer.parseInt(line.split(" ")[1]))
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }

    private static long give(OutputStream out, int port, Body body, CompletableFuture<Integer> status) {
        long given = 0;
        try {
            String framing = body.declared() ? "Content-Length: " + body.length() : "Transfer-Encoding: chunked";
            out.write(("POST " + body.path() + " HTTP/1.1\r\nHost: localhost:" + port + "\r\nConnection: close\r\n"
                            + body.headers() + framing + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            byte[] piece = body.start();
            while (given < body.length() && !status.isDone()) {
                int count = (int) Math.min(piece.length, body.length() - given);
                if (!body.declared()) {
                    out.write((Integer.toHexString(count) + "\r\n").getBytes(StandardCharsets.US_ASCII));
                }
                out.write(piece, 0, count);
                if (!body.declared()) {
                    out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
                }
                given += count;
                piece = given == body.start().length ? new byte[PIECE] : piece;
            }
            if (!body.declared() && given == body.length()) {
                out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            }
            out.flush();
        } catch (IOException e) {
            // Nobody takes it any more; what was answered has been read meanwhile.
        }
        return given;
    }
}
