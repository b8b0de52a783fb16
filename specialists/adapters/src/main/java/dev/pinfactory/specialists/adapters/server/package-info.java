/** What the adapters have in common: a model behind a server, its mapping's file, and what the log says of it. */
@NullMarked
package dev.pinfactory.specialists.adapters.server;

import org.jspecify.annotations.NullMarked;
