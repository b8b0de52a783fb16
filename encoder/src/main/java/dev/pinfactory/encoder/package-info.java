/** The sentence encoder that the router and the specialists share: ONNX in the JVM. */
@NullMarked
package dev.pinfactory.encoder;

import org.jspecify.annotations.NullMarked;
