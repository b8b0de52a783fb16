package dev.pinfactory.faults.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Before a server that sends back what it gets. */
class ChaosProxyTest {
    private static final byte[] HELLO = "hello, world".getBytes(java.nio.charset.StandardCharsets.UTF_8);

    private ServerSocket echo;
    private ChaosProxy proxy;
    private final AtomicLong largestRead = new AtomicLong();

    @BeforeEach
    void start() throws IOException {
        echo = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(() -> {
            while (!echo.isClosed()) {
                try {
                    Socket socket = echo.accept();
                    Thread.ofVirtual().start(() -> sendBack(socket));
                } catch (IOException e) {
                    return;
                }
            }
        });
        proxy = new ChaosProxy(new InetSocketAddress(echo.getInetAddress(), echo.getLocalPort()));
    }

    private void sendBack(Socket socket) {
        byte[] buffer = new byte[64 * 1024];
        try (socket) {
            for (int read = socket.getInputStream().read(buffer);
                    read >= 0;
                    read = socket.getInputStream().read(buffer)) {
                largestRead.accumulateAndGet(read, Math::max);
                socket.getOutputStream().write(buffer, 0, read);
            }
        } catch (IOException e) {
            // The test broke the connection.
        }
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
        echo.close();
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
        socket.setSoTimeout(10_000);
        socket.setTcpNoDelay(true);
        return socket;
    }

    private static byte[] exchange(Socket socket, byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return socket.getInputStream().readNBytes(bytes.length);
    }

    @Test
    void passesEverythingOnInBothDirectionsAndEnds() throws IOException {
        try (Socket socket = connect()) {
            byte[] large = new byte[300_000];
            new java.util.Random(1).nextBytes(large);
            Thread.ofVirtual().start(() -> {
                try {
                    socket.getOutputStream().write(large);
                    socket.shutdownOutput();
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            assertThat(socket.getInputStream().readAllBytes()).isEqualTo(large);
        }
        await().until(() -> proxy.connections() == 0);
    }

    @Test
    void latencyHoldsEachPieceBackInBothDirections() throws IOException {
        proxy.latency(Duration.ofMillis(60));
        try (Socket socket = connect()) {
            long start = System.nanoTime();
            exchange(socket, HELLO);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(120));
        }
    }

    @Test
    void bandwidthIsNoMoreThanWasSaid() throws IOException {
        proxy.bandwidth(100_000);
        try (Socket socket = connect()) {
            long start = System.nanoTime();
            exchange(socket, new byte[10_000]);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(100));
        }
    }

    @Test
    void slicesAreNoLargerThanWasSaid() throws IOException {
        proxy.slice(3).latency(Duration.ofMillis(2));
        try (Socket socket = connect()) {
            assertThat(exchange(socket, HELLO)).isEqualTo(HELLO);
        }
        assertThat(largestRead).hasPositiveValue().hasValueLessThanOrEqualTo(HELLO.length / 2);
    }

    @Test
    void aBlackHoleTakesEverythingAndAnswersNothing() throws IOException {
        proxy.blackHole(true);
        try (Socket socket = connect()) {
            socket.setSoTimeout(200);
            socket.getOutputStream().write(HELLO);
            assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
            assertThat(largestRead).hasValue(0);
        }
    }

    @Test
    void aResetBreaksWhatIsOpenAndNotWhatComesLater() throws IOException {
        try (Socket socket = connect()) {
            exchange(socket, HELLO);
            proxy.reset();
            assertThatThrownBy(() -> exchange(socket, HELLO)).isInstanceOf(SocketException.class);
        }
        try (Socket socket = connect()) {
            assertThat(exchange(socket, HELLO)).isEqualTo(HELLO);
        }
    }

    @Test
    void anAnswerCanBeCutOffInItsMiddle() throws IOException {
        proxy.resetAfter(5);
        try (Socket socket = connect()) {
            socket.getOutputStream().write(HELLO);
            assertThatThrownBy(() -> socket.getInputStream().readNBytes(HELLO.length))
                    .isInstanceOf(SocketException.class);
        }
    }
}
