/** The catalogue and the models in a database: H2 or PostgreSQL, by the same SQL. */
@NullMarked
package dev.pinfactory.registry.service.store;

import org.jspecify.annotations.NullMarked;
