package dev.pinfactory.proto.type;

import dev.pinfactory.proto.error.Expected;
import dev.pinfactory.proto.error.FieldViolation;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.Artifact.ContentCase;
import dev.pinfactory.proto.v1.ContentRef;
import dev.pinfactory.proto.v1.LeafNote;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Checks an artifact against its semantic type, and returns everything that is wrong with it. Immutable; one for each set of types. */
public final class ArtifactValidator {
    private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");
    private static final int MAX_ITEMS = 1_000;
    private static final int MAX_VIOLATIONS = 200;

    private final SemanticTypes types;
    private final TypeSchemas schemas;

    public ArtifactValidator(SemanticTypes types) {
        this.types = types;
        this.schemas = TypeSchemas.of(types);
    }

    /** Everything that is wrong with an artifact that has its content. */
    public List<FieldViolation> validate(Artifact artifact, String at) {
        return validate(artifact, at, true);
    }

    /**
     * @param contentNeeded false where an artifact may come without its content, to be planned for
     */
    public List<FieldViolation> validate(Artifact artifact, String at, boolean contentNeeded) {
        Check check = new Check(contentNeeded);
        if (!types.isKnown(artifact.getType())) {
            check.add(
                    at + ".type",
                    "'" + CodePoints.shortened(artifact.getType(), 80) + "' is not a known type; "
                            + Expected.oneOf(types.names()));
            return check.violations;
        }
        check.artifact(artifact, artifact.getType(), at, true);
        return List.copyOf(check.violations);
    }

    /** The kinds of content in which a value of a type can travel; empty for types that don't say. */
    private Set<ContentCase> contents(String type) {
        return switch (types.root(type)) {
            case SemanticTypes.TEXT -> Set.of(ContentCase.TEXT, ContentCase.REF);
            case SemanticTypes.DOCUMENT, SemanticTypes.IMAGE -> Set.of(ContentCase.DATA, ContentCase.REF);
            default -> schemas.isJson(type) ? Set.of(ContentCase.JSON, ContentCase.REF) : Set.of();
        };
    }

    private final class Check {
        private final List<FieldViolation> violations = new ArrayList<>();
        private final boolean contentNeeded;

        Check(boolean contentNeeded) {
            this.contentNeeded = contentNeeded;
        }

        void artifact(Artifact artifact, String type, String at, boolean mayBeList) {
            ContentCase content = artifact.getContentCase();
            if (content == ContentCase.CONTENT_NOT_SET) {
                if (contentNeeded) {
                    add(at, "has no content; expected " + expected(type));
                }
            } else if (content == ContentCase.ITEMS) {
                items(artifact, type, at, mayBeList);
            } else if (!contents(type).isEmpty() && !contents(type).contains(content)) {
                add(
                        at + "." + content.name().toLowerCase(Locale.ROOT),
                        "does not fit type '" + type + "'; expected " + expected(type));
            } else if (content == ContentCase.JSON) {
                addAll(schemas.validate(type, artifact.getJson(), at + ".json"));
            } else if (content == ContentCase.REF) {
                reference(artifact.getRef(), at + ".ref");
            } else if (content == ContentCase.TEXT) {
                new TextOffsets(violations, MAX_VIOLATIONS).check(artifact, at);
            }
            if (types.root(type).equals(SemanticTypes.IMAGE)) {
                mediaType(artifact, at);
            }
            confidence(artifact.getConfidence(), at + ".confidence");
            for (int i = 0; i < artifact.getLeavesCount() && violations.size() < MAX_VIOLATIONS; i++) {
                leaf(artifact, artifact.getLeaves(i), at + ".leaves[" + i + "]");
            }
        }

        private void items(Artifact artifact, String type, String at, boolean mayBeList) {
            int count = artifact.getItems().getItemsCount();
            if (!mayBeList || count > MAX_ITEMS) {
                add(
                        at + ".items",
                        mayBeList ? count + " items; at most " + MAX_ITEMS : "lists of lists are not supported");
                return;
            }
            Set<Integer> holes = Set.copyOf(artifact.getItems().getHolesList());
            for (int hole : holes) {
                if (hole < 0 || hole >= count) {
                    add(at + ".items.holes", hole + " is not the index of an item");
                }
            }
            for (int i = 0; i < count && violations.size() < MAX_VIOLATIONS; i++) {
                if (!holes.contains(i)) {
                    item(artifact.getItems().getItems(i), type, at + ".items[" + i + "]");
                }
            }
        }

        private void item(Artifact item, String type, String at) {
            String own = item.getType().isEmpty() ? type : item.getType();
            if (!types.isAssignable(own, type)) {
                add(at + ".type", "'" + CodePoints.shortened(own, 80) + "' in a list of '" + type + "'");
                return;
            }
            artifact(item, own, at, false);
        }

        private void reference(ContentRef reference, String at) {
            if (!DIGEST.matcher(reference.getDigest()).matches()) {
                add(at + ".digest", "expected 'sha256:' and 64 lower-case hex digits");
            }
            if (reference.getSizeBytes() < 0) {
                add(at + ".size_bytes", reference.getSizeBytes() + " is negative");
            }
        }

        private void mediaType(Artifact artifact, String at) {
            String mediaType =
                    artifact.getMediaType().isEmpty() ? artifact.getRef().getMediaType() : artifact.getMediaType();
            if (!mediaType.isEmpty() && !mediaType.startsWith("image/")) {
                add(at + ".media_type", "'" + CodePoints.shortened(mediaType, 80) + "' is not an image's");
            }
        }

        private void leaf(Artifact artifact, LeafNote leaf, String at) {
            confidence(leaf.getConfidence(), at + ".confidence");
            var pointer = JsonPointer.parse(leaf.getPointer());
            if (pointer.isEmpty()) {
                add(at + ".pointer", "'" + CodePoints.shortened(leaf.getPointer(), 80) + "' is not a JSON Pointer");
            } else if (artifact.hasJson()
                    && pointer.get().in(artifact.getJson()).isEmpty()) {
                add(at + ".pointer", "nothing stands at '" + CodePoints.shortened(leaf.getPointer(), 80) + "'");
            }
            leaf.getEvidenceList().forEach(evidence -> {
                if (evidence.hasSpan()
                        && (evidence.getSpan().getStart() < 0
                                || evidence.getSpan().getEnd()
                                        < evidence.getSpan().getStart())) {
                    add(at + ".evidence.span", "expected 0 <= start <= end");
                }
            });
        }

        private void confidence(double confidence, String at) {
            if (!(confidence >= 0 && confidence <= 1)) {
                add(at, confidence + " is not between 0 and 1");
            }
        }

        private String expected(String type) {
            Set<ContentCase> contents = contents(type);
            return contents.isEmpty()
                    ? "text, data, json or ref"
                    : String.join(
                            " or ",
                            contents.stream()
                                    .map(content -> content.name().toLowerCase(Locale.ROOT))
                                    .sorted()
                                    .toList());
        }

        private void addAll(List<FieldViolation> more) {
            more.stream().limit(Math.max(0, MAX_VIOLATIONS - violations.size())).forEach(violations::add);
        }

        private void add(String field, String message) {
            if (violations.size() < MAX_VIOLATIONS) {
                violations.add(new FieldViolation(field, message));
            }
        }
    }
}
