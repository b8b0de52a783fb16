package dev.pinfactory.specialists.adapters.openinference;

/** The datatypes of the protocol that are mapped. */
public enum Datatype {
    BOOL(1),
    INT32(4),
    INT64(8),
    FP32(4),
    FP64(8),
    /** Each element is its length in four bytes, little endian, and that many bytes. */
    BYTES(0);

    private final int width;

    Datatype(int width) {
        this.width = width;
    }

    /** Bytes of one element in raw contents; 0 where that depends on the element. */
    int width() {
        return width;
    }
}
