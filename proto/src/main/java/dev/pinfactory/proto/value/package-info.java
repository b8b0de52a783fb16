/** JSON values: pointers into them. */
@NullMarked
package dev.pinfactory.proto.value;

import org.jspecify.annotations.NullMarked;
