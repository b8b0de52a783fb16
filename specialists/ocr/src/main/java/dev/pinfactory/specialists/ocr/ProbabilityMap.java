package dev.pinfactory.specialists.ocr;

/**
 * How likely each place of a page belongs to the middle of a line of text.
 *
 * @param values row by row
 * @param horizontally pixels of the page for one of the map
 * @param vertically the same, downwards
 */
@SuppressWarnings("ArrayRecordComponent") // made, read once and dropped
record ProbabilityMap(int width, int height, float[] values, double horizontally, double vertically) {}
