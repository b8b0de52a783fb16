/** Serves what was learnt: a folder with a card, a model and its lineage is a specialist. */
@NullMarked
package dev.pinfactory.specialists.workshop.serving;

import org.jspecify.annotations.NullMarked;
