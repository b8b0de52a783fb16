/** Semantic types: names with at most one parent, each with a JSON Schema. */
@NullMarked
package dev.pinfactory.proto.type;

import org.jspecify.annotations.NullMarked;
