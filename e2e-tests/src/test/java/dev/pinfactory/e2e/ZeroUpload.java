package dev.pinfactory.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A multipart body with one file of many zeros, which is never in memory as a whole, and which waits once on its way. */
final class ZeroUpload extends InputStream {
    static final String BOUNDARY = "pinfactory";
    private static final byte[] HEAD = ("--" + BOUNDARY
                    + "\r\nContent-Disposition: form-data; name=\"a\"; filename=\"a\"\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII);

    private final long length;
    private final long pauseAt;
    private final CountDownLatch paused = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private volatile long position;

    /**
     * @param length of the whole body
     * @param pauseAt so much is given before it waits
     */
    ZeroUpload(long length, long pauseAt) {
        this.length = length;
        this.pauseAt = pauseAt;
    }

    void awaitPause(Duration patience) throws InterruptedException {
        if (!paused.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError("only " + position + " bytes were asked for in " + patience);
        }
    }

    void goOn() {
        goOn.countDown();
    }

    /** How much has been taken. */
    long given() {
        return position;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0];
    }

    @Override
    public int read(byte[] into, int offset, int count) throws IOException {
        if (position == length) {
            return -1;
        }
        if (position >= pauseAt) {
            pause();
        }
        int given = (int) Math.min(count, length - position);
        Arrays.fill(into, offset, offset + given, (byte) 0);
        if (position < HEAD.length) {
            given = (int) Math.min(given, HEAD.length - position);
            System.arraycopy(HEAD, (int) position, into, offset, given);
        }
        position = position + given;
        return given;
    }

    private void pause() throws IOException {
        paused.countDown();
        try {
            goOn.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
    }
}
