/** One annotated bean and a card make a specialist. */
@NullMarked
package dev.pinfactory.specialists.sdk;

import org.jspecify.annotations.NullMarked;
