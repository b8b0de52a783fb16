package dev.pinfactory.router.planner.output;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Struct;
import com.google.protobuf.util.JsonFormat;
import java.io.UncheckedIOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class SchemaPlacesTest {
    private static List<SchemaPlace> places(String schema) {
        Struct.Builder struct = Struct.newBuilder();
        try {
            JsonFormat.parser().merge(schema, struct);
        } catch (InvalidProtocolBufferException e) {
            throw new UncheckedIOException(e);
        }
        return SchemaPlaces.of(struct.build());
    }

    @Test
    void nestedNamesAreWordsWithShortFormsWrittenOut() {
        assertThat(places("""
                        {"type": "object", "properties": {
                          "custFile": {"type": "object", "description": "of the customer", "properties": {"home_addr": {"type": ["null", "string"]}}},
                          "due": {"type": "string", "format": "date", "description": "last day"}}}
                        """))
                .extracting(place -> place.pointer() + " | " + place.text() + " | " + place.types())
                .containsExactly(
                        "/custFile/home_addr | customer file home address: of the customer | [string]",
                        "/due | due: last day date | [string]");
    }

    @Test
    void referencesAreFollowedAndCirclesEnd() {
        assertThat(places("""
                        {"type": "object", "properties": {"from": {"$ref": "#/$defs/port", "description": "where it starts"}, "loop": {"$ref": "#/$defs/loop"}},
                         "$defs": {"port": {"$ref": "#/$defs/name"}, "name": {"type": "string"}, "loop": {"$ref": "#/$defs/loop"}}}
                        """))
                .extracting(place -> place.text() + " " + place.types())
                .containsExactly("from: where it starts [string]", "loop []");
    }

    @Test
    void aRecursiveSchemaEnds() {
        assertThat(places("""
                        {"$ref": "#/$defs/node", "$defs": {"node": {"type": "object", "properties": {"left": {"$ref": "#/$defs/node"}, "right": {"$ref": "#/$defs/node"}}}}}
                        """)).hasSizeLessThanOrEqualTo(128);
    }

    @Test
    void valuesThatAPlaceMayHaveSayWhatItIs() {
        SchemaPlace place = places(
                        "{\"type\": \"object\", \"properties\": {\"when\": {\"enum\": [\"now\", \"later\", null]}}}")
                .getFirst();
        assertThat(place.text()).isEqualTo("when: now or later");
        assertThat(place.types()).containsExactly("string");
    }

    @Test
    void elementsOfAListHavePlacesOfTheirOwn() {
        SchemaPlace list = places("""
                        {"type": "object", "properties": {"loads": {"type": "array", "items": {"type": "object", "properties": {"weight": {"type": "number"}}}}}}
                        """).getFirst();
        assertThat(list.itemTypes()).containsExactly("object");
        assertThat(list.element(1, "second"))
                .extracting(place -> place.pointer() + " " + place.text() + " of "
                        + place.input().orElseThrow())
                .containsExactly("/loads/1/weight loads weight of second");
    }

    @Test
    void aStringAloneIsOnePlaceAndAnyObjectNone() {
        assertThat(places("{\"type\": \"string\"}")).singleElement().satisfies(place -> {
            assertThat(place.pointer().isWhole()).isTrue();
            assertThat(place.isNameless()).isTrue();
        });
        assertThat(places("{\"type\": \"object\"}")).isEmpty();
    }
}
