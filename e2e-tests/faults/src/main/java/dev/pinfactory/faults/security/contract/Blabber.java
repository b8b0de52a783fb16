package dev.pinfactory.faults.security.contract;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** The seeded bug: REST answers what was thrown, where it should answer a problem. */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
public final class Blabber {
    @ExceptionHandler
    ResponseEntity<String> any(Exception e) {
        return ResponseEntity.status(HttpStatus.BAD_REQUEST)
                .contentType(MediaType.TEXT_PLAIN)
                .body(e.toString());
    }
}
