package dev.pinfactory.orchestrator.service.rest;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;

/** What is no HTTP that the service speaks, and is refused before there is a servlet: a problem like any other, where Tomcat would show a page. Made by Tomcat, by its name. */
public final class ProblemValve extends ErrorReportValve {
    private static final Logger LOG = LoggerFactory.getLogger(ProblemValve.class);

    @Override
    protected void report(Request request, Response response, @Nullable Throwable failure) {
        if (response.getStatus() < HttpServletResponse.SC_BAD_REQUEST
                || response.getContentWritten() > 0
                || !response.setErrorReported()) {
            return;
        }
        try {
            // A method or a version of HTTP that nobody has heard of is the caller's fault; the numbers that Tomcat has
            // for it are the server's.
            boolean unheardOf = response.getStatus() == HttpServletResponse.SC_NOT_IMPLEMENTED
                    || response.getStatus() == HttpServletResponse.SC_HTTP_VERSION_NOT_SUPPORTED;
            HttpStatus status = unheardOf ? HttpStatus.BAD_REQUEST : HttpStatus.valueOf(response.getStatus());
            Problems.write(response, status, "the request is no HTTP that is spoken here");
            response.finishResponse();
        } catch (IOException e) {
            LOG.debug("the caller is gone");
        }
    }
}
