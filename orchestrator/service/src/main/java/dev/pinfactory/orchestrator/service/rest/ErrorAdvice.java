package dev.pinfactory.orchestrator.service.rest;

import dev.pinfactory.orchestrator.service.store.StoreFailures;
import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.error.Errors;
import dev.pinfactory.proto.error.PinfactoryException;
import dev.pinfactory.proto.error.Problem;
import jakarta.servlet.http.HttpServletRequest;
import java.io.UncheckedIOException;
import org.apache.catalina.connector.ClientAbortException;
import org.apache.coyote.BadRequestException;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.servlet.NoHandlerFoundException;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/** Every failure of a handler as a problem. */
@RestControllerAdvice
class ErrorAdvice {
    private static final Logger LOG = LoggerFactory.getLogger(ErrorAdvice.class);

    static Problem nothingHere() {
        return Problems.http(404, "Not found", "there is nothing here; /v1/openapi.json lists the routes");
    }

    @ExceptionHandler
    ResponseEntity<byte[]> notFound(NoResourceFoundException e) {
        return Problems.entity(nothingHere());
    }

    @ExceptionHandler
    ResponseEntity<byte[]> notFound(NoHandlerFoundException e) {
        return Problems.entity(nothingHere());
    }

    @ExceptionHandler
    ResponseEntity<byte[]> method(HttpRequestMethodNotSupportedException e) {
        String[] allowed = e.getSupportedMethods() == null ? new String[0] : e.getSupportedMethods();
        ResponseEntity<byte[]> problem = Problems.entity(Problems.http(
                405, "Method not allowed", e.getMethod() + " came; expected " + String.join(" or ", allowed)));
        return ResponseEntity.status(problem.getStatusCode())
                .headers(problem.getHeaders())
                .header(HttpHeaders.ALLOW, String.join(", ", allowed))
                .body(problem.getBody());
    }

    @ExceptionHandler
    ResponseEntity<byte[]> mediaType(HttpMediaTypeNotSupportedException e) {
        return Problems.entity(Problems.http(
                415,
                "Unsupported media type",
                "Content-Type '" + e.getContentType() + "' came; expected " + e.getSupportedMediaTypes()));
    }

    @ExceptionHandler
    ResponseEntity<byte[]> accept(HttpMediaTypeNotAcceptableException e) {
        return Problems.entity(
                Problems.http(406, "Not acceptable", "this route answers " + e.getSupportedMediaTypes()));
    }

    /** A query with half of a percent escape, for one. */
    @ExceptionHandler
    ResponseEntity<byte[]> parameter(InvalidParameterException e) {
        return Problems.entity(
                Problems.http(400, "Bad request", "the query can't be read; expected names and values in UTF-8"));
    }

    /** A body that ends before its length, or whose chunks are none. */
    @ExceptionHandler
    ResponseEntity<byte[]> body(UncheckedIOException e) {
        if (e.getCause() instanceof BadRequestException || e.getCause() instanceof ClientAbortException) {
            return Problems.entity(Problems.http(400, "Bad request", "the body can't be read to its end"));
        }
        return any(e);
    }

    /** Where no route is, Spring reads all headers to say so, and can't hold a type with a wildcard. */
    @ExceptionHandler
    ResponseEntity<byte[]> argument(IllegalArgumentException e, HttpServletRequest request) {
        String type = request.getContentType();
        return type != null && type.indexOf('*') >= 0 ? Problems.entity(nothingHere()) : any(e);
    }

    /** The caller is gone; there is nobody to answer. */
    @ExceptionHandler
    void gone(AsyncRequestNotUsableException e) {
        LOG.debug("the caller is gone");
    }

    @ExceptionHandler
    ResponseEntity<byte[]> any(Exception e) {
        PinfactoryException error = Errors.fromThrowable(StoreFailures.explained(e));
        if (error.code() == ErrorCode.INTERNAL) {
            LOG.error("request failed", e);
        } else if (error.code() == ErrorCode.UNAVAILABLE) {
            LOG.warn("request failed: {}", e.toString());
        }
        return Problems.entity(error);
    }
}
