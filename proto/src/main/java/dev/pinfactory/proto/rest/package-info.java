/** REST as the contracts say it: routes from the annotations, OpenAPI from the descriptors. */
@NullMarked
package dev.pinfactory.proto.rest;

import org.jspecify.annotations.NullMarked;
