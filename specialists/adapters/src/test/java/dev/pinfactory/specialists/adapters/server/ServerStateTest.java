package dev.pinfactory.specialists.adapters.server;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class ServerStateTest {
    @Test
    void theLogTellsChangesAlone() {
        Logger logger = (Logger) LoggerFactory.getLogger(ServerState.class);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        logger.addAppender(log);
        try {
            ServerState state = new ServerState("the server");
            state.well();
            state.failed("it is busy");
            state.failed("it is busy");
            state.failed("it has gone");
            state.well();
            state.well();
        } finally {
            logger.detachAppender(log);
        }
        assertThat(log.list).extracting(ILoggingEvent::getLevel).containsExactly(Level.WARN, Level.WARN, Level.INFO);
        assertThat(log.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly("the server: it is busy", "the server: it has gone", "the server is well again");
    }
}
