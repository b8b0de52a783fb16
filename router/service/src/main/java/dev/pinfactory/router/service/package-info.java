/** Serves plans over gRPC. */
@NullMarked
package dev.pinfactory.router.service;

import org.jspecify.annotations.NullMarked;
