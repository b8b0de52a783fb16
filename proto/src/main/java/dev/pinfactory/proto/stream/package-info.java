/** Answers of many messages. */
@NullMarked
package dev.pinfactory.proto.stream;

import org.jspecify.annotations.NullMarked;
