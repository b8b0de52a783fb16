package dev.pinfactory.specialists.pii;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class PiiModelTest {
    @Test
    void whatIsReadIsWrittenAgainWithTheSameBytes() throws IOException {
        try (InputStream stream = Objects.requireNonNull(PiiSpecialist.class.getResourceAsStream("model.bin"))) {
            byte[] shipped = stream.readAllBytes();
            assertThat(PiiModel.bytes(PiiModel.read(new ByteArrayInputStream(shipped))))
                    .isEqualTo(shipped);
        }
    }
}
