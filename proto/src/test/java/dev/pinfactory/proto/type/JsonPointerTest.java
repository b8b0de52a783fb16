package dev.pinfactory.proto.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ListValue;
import com.google.protobuf.NullValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonPointerTest {
    private static final Value SEVEN = Value.newBuilder().setNumberValue(7).build();
    private static final Value NULL =
            Value.newBuilder().setNullValue(NullValue.NULL_VALUE).build();
    private static final Value DOCUMENT = Value.newBuilder()
            .setStructValue(Struct.newBuilder()
                    .putFields("a/b", SEVEN)
                    .putFields("m~n", SEVEN)
                    .putFields("", SEVEN)
                    .putFields("~1", SEVEN)
                    .putFields("none", NULL)
                    .putFields(
                            "list",
                            Value.newBuilder()
                                    .setListValue(ListValue.newBuilder()
                                            .addValues(NULL)
                                            .addValues(SEVEN))
                                    .build()))
            .build();

    @ParameterizedTest
    @ValueSource(strings = {"/a~1b", "/m~0n", "/", "/~01", "/list/1"})
    void findsWhatItNames(String pointer) {
        assertThat(JsonPointer.of(pointer).in(DOCUMENT)).contains(SEVEN);
        assertThat(JsonPointer.of(pointer)).hasToString(pointer);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/list/2", "/list/01", "/list/-", "/list/-1", "/list/+1", "/list/99999999999", "/a", "/list/1/x"
            })
    void findsNothingElse(String pointer) {
        assertThat(JsonPointer.of(pointer).in(DOCUMENT)).isEmpty();
    }

    @Test
    void theEmptyPointerIsTheWholeAndANullIsFound() {
        assertThat(JsonPointer.of("").in(DOCUMENT)).contains(DOCUMENT);
        assertThat(JsonPointer.of("/none").in(DOCUMENT)).contains(NULL);
        assertThat(JsonPointer.of("/list/0").in(DOCUMENT)).contains(NULL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a/b", "/~", "/~2", "/x~/y"})
    void refusesWhatIsNoPointer(String text) {
        assertThatThrownBy(() -> JsonPointer.of(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void isBoundedInDepth() {
        assertThatThrownBy(() -> JsonPointer.of("/a".repeat(JsonPointer.MAX_TOKENS + 1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void coversItselfAndWhatLiesInside() {
        JsonPointer list = JsonPointer.of("/list");

        assertThat(list.isPrefixOf(list)).isTrue();
        assertThat(list.isPrefixOf(list.child(3))).isTrue();
        assertThat(list.isPrefixOf(JsonPointer.of("/lists"))).isFalse();
        assertThat(list.resolve(JsonPointer.of("/1/x")).tokens()).isEqualTo(List.of("list", "1", "x"));
    }
}
