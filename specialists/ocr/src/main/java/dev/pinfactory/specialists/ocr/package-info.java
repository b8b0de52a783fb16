/** Reads the text of images: PP-OCRv4 in ONNX Runtime, with everything around the two networks in Java. */
@NullMarked
package dev.pinfactory.specialists.ocr;

import org.jspecify.annotations.NullMarked;
