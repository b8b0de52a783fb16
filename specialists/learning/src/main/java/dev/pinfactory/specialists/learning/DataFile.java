package dev.pinfactory.specialists.learning;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** Files of data as text. */
public final class DataFile {
    private static final int GZIP_MAGIC = 0x1f8b;
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private DataFile() {}

    /**
     * Opens a file in UTF-8, with or without a byte order mark, packed with gzip or not, whatever it is called.
     *
     * @throws CharacterCodingException while reading, where the file is not UTF-8
     */
    public static BufferedReader open(Path file) throws IOException {
        BufferedInputStream stream = new BufferedInputStream(Files.newInputStream(file));
        try {
            InputStream plain = isPacked(stream) ? new GZIPInputStream(stream) : stream;
            BufferedReader reader = new BufferedReader(new InputStreamReader(
                    plain,
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .onMalformedInput(CodingErrorAction.REPORT)
                            .onUnmappableCharacter(CodingErrorAction.REPORT)));
            reader.mark(1);
            if (reader.read() != BYTE_ORDER_MARK) {
                reader.reset();
            }
            return reader;
        } catch (IOException e) {
            stream.close();
            throw e;
        }
    }

    private static boolean isPacked(BufferedInputStream stream) throws IOException {
        stream.mark(2);
        int magic = stream.read() << 8 | stream.read();
        stream.reset();
        return magic == GZIP_MAGIC;
    }
}
