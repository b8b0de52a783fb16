/** Specialists that files describe: a card and how a model server is asked. */
@NullMarked
package dev.pinfactory.specialists.adapters;

import org.jspecify.annotations.NullMarked;
