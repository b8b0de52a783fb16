package dev.pinfactory.orchestrator.service.rest;

import dev.pinfactory.orchestrator.service.task.Waiter;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;

/**
 * Whether a caller who is made to wait is still there. Servlets can't tell before they answer; Tomcat can when it is asked to look for more to read, which
 * fails on a closed connection. To be asked by the request's own thread, after the body was read.
 */
final class Connection implements Waiter {
    private static final String ATTRIBUTE = Connection.class.getName();

    private final Request request;

    private Connection(Request request) {
        this.request = request;
    }

    /** Of a request that came through {@link Valve}. */
    static Waiter of(HttpServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof Connection connection ? connection : new Waiter() {};
    }

    /** Tomcat says 1 for "reading would fail", and otherwise how much a caller has sent ahead; nobody sends a single byte and then nothing. */
    @Override
    public boolean gone() {
        request.getCoyoteRequest().action(ActionCode.AVAILABLE, Boolean.TRUE);
        return request.getCoyoteRequest().getAvailable() == 1;
    }

    /** Makes the connection known to handlers. */
    static final class Valve extends ValveBase {
        Valve() {
            super(true);
        }

        @Override
        public void invoke(Request request, Response response) throws IOException, ServletException {
            request.setAttribute(ATTRIBUTE, new Connection(request));
            getNext().invoke(request, response);
        }
    }
}
