/** Makes small models of large ones: the small one learns what the large one says, is pruned, learns again with what is left, and is kept in 8 bits. */
@NullMarked
package dev.pinfactory.specialists.learning.compression;

import org.jspecify.annotations.NullMarked;
