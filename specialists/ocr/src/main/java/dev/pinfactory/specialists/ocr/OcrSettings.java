package dev.pinfactory.specialists.ocr;

/**
 * What reading may use. Both can be set as system properties: {@code pinfactory.ocr.threads}, {@code pinfactory.ocr.concurrent-pages}.
 *
 * @param threads that work on one page; 1 gives most pages a minute where many wait
 * @param concurrentPages pages that are read at the same time; further ones wait. It bounds memory
 */
record OcrSettings(int threads, int concurrentPages) {
    OcrSettings {
        requirePositive("threads", threads);
        requirePositive("concurrent-pages", concurrentPages);
    }

    static OcrSettings fromSystemProperties() {
        return new OcrSettings(property("threads", 1), property("concurrent-pages", 2));
    }

    private static int property(String name, int otherwise) {
        String value = System.getProperty("pinfactory.ocr." + name);
        try {
            return value == null ? otherwise : Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("pinfactory.ocr." + name + " is '" + value + "', expected a number", e);
        }
    }

    private static void requirePositive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException("pinfactory.ocr." + name + " is " + value + ", expected at least 1");
        }
    }
}
