package dev.pinfactory.faults.security.contract;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A connection that sends whatever bytes it is given, where HTTP clients would refuse to, and reads the answer. Not safe for concurrent use. */
final class RawHttp implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 15_000;
    private static final int CONNECT_MILLIS = 5_000;
    private static final int MOST = 1 << 20;
    private static final int ATTEMPTS = 12;

    private final String host;
    private final int port;
    private Optional<Connection> connection = Optional.empty();

    RawHttp(String host, int port) {
        this.host = host;
        this.port = port;
    }

    private record Connection(Socket socket, InputStream in) {}

    /**
     * An answer.
     *
     * @param status 0 where the connection was closed without one, each time
     * @param headers by their names in small letters
     */
    record Answer(int status, Map<String, String> headers, String body) {
        static final Answer NONE = new Answer(0, Map.of(), "");

        Answer {
            headers = Map.copyOf(headers);
        }

        String mediaType() {
            return headers.getOrDefault("content-type", "")
                    .replaceFirst(";.*", "")
                    .strip()
                    .toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Sends, and waits for the answer.
     *
     * @param hangUp closes the sending half afterwards: the request says that more comes than does
     * @throws IOException where no answer comes, nor an end, for fifteen seconds
     */
    Answer send(byte[] request, boolean head, boolean hangUp) throws IOException {
        // An idle connection may be closed before the request comes; and who closes one on which more lies than was
        // read resets it, so that the answer may be lost.
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Answer answer = sendOnce(request, head, hangUp);
            if (answer.status() != 0) {
                return answer;
            }
        }
        return Answer.NONE;
    }

    private Answer sendOnce(byte[] request, boolean head, boolean hangUp) throws IOException {
        Connection open = connection.isEmpty() ? open() : connection.get();
        Answer answer;
        try {
            open.socket().getOutputStream().write(request);
            if (hangUp) {
                open.socket().shutdownOutput();
            }
            answer = read(open.in(), head);
        } catch (SocketTimeoutException e) {
            close();
            throw e;
        } catch (IOException e) {
            close();
            return Answer.NONE;
        }
        if (hangUp
                || answer.status() == 0
                || answer.status() >= 400
                || "close".equalsIgnoreCase(answer.headers().get("connection"))) {
            // What is left of a refused request would be read as the next one.
            close();
        }
        return answer;
    }

    private Connection open() throws IOException {
        Socket socket = new Socket();
        socket.connect(new InetSocketAddress(host, port), CONNECT_MILLIS);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
        Connection open = new Connection(socket, new BufferedInputStream(socket.getInputStream()));
        connection = Optional.of(open);
        return open;
    }

    private static Answer read(InputStream in, boolean head) throws IOException {
        String statusLine = line(in);
        String[] parts = statusLine.split(" ", 3);
        if (parts.length < 2 || !parts[0].startsWith("HTTP/")) {
            throw new EOFException("no answer");
        }
        int status = Integer.parseInt(parts[1]);
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        if (status == 100) {
            return read(in, head);
        }
        return new Answer(status, headers, head || status == 204 || status == 304 ? "" : body(in, headers));
    }

    private static String body(InputStream in, Map<String, String> headers) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        if (headers.getOrDefault("transfer-encoding", "").equals("chunked")) {
            for (int size = chunk(in); size > 0; size = chunk(in)) {
                body.writeBytes(in.readNBytes(size));
                line(in);
            }
            line(in);
        } else if (headers.containsKey("content-length")) {
            body.writeBytes(in.readNBytes(Integer.parseInt(headers.get("content-length"))));
        } else {
            body.writeBytes(in.readNBytes(MOST));
        }
        return body.toString(StandardCharsets.UTF_8);
    }

    private static int chunk(InputStream in) throws IOException {
        return Integer.parseInt(line(in).strip(), 16);
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("the connection was closed");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    @Override
    public void close() {
        connection.ifPresent(open -> {
            try {
                open.socket().close();
            } catch (IOException e) {
                // It is gone all the same.
            }
        });
        connection = Optional.empty();
    }
}
