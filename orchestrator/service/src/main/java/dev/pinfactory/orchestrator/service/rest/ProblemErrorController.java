package dev.pinfactory.orchestrator.service.rest;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What fails before a handler is reached: a problem too, and never a page of the container's. */
@RestController
class ProblemErrorController implements ErrorController {
    @RequestMapping("/error")
    ResponseEntity<byte[]> error(HttpServletRequest request) {
        Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        if (status == null) {
            // Somebody has asked for this very path.
            return Problems.entity(ErrorAdvice.nothingHere());
        }
        HttpStatus known = status instanceof Integer code ? HttpStatus.resolve(code) : null;
        if (known == null || known.is5xxServerError()) {
            return Problems.entity(new IllegalStateException("the container failed"));
        }
        return Problems.entity(Problems.http(known.value(), known.getReasonPhrase(), "the request can't be read"));
    }
}
