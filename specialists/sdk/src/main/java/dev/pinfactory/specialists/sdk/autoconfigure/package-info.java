/** Spring Boot auto-configuration: finds annotated beans and serves them. */
@NullMarked
package dev.pinfactory.specialists.sdk.autoconfigure;

import org.jspecify.annotations.NullMarked;
