package dev.pinfactory.proto.error;

/**
 * One field that is wrong.
 *
 * @param field path of the field, such as {@code inputs[0].type} or {@code steps[ocr].inputs[photo]}
 * @param description what came and what was expected
 */
public record FieldViolation(String field, String description) {}
