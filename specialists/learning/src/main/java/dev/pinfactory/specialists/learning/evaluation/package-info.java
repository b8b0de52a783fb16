/** How a specialist is measured: a file's items become requests, and the answers to them become figures. */
@NullMarked
package dev.pinfactory.specialists.learning.evaluation;

import org.jspecify.annotations.NullMarked;
