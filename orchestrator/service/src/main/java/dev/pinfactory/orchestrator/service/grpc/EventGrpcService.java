package dev.pinfactory.orchestrator.service.grpc;

import dev.pinfactory.orchestrator.service.event.EventFeed;
import dev.pinfactory.proto.events.v1.Event;
import dev.pinfactory.proto.events.v1.EventServiceGrpc;
import dev.pinfactory.proto.events.v1.ReadEventsRequest;
import dev.pinfactory.proto.events.v1.ReadEventsResponse;
import dev.pinfactory.proto.stream.PacedStream;
import io.grpc.stub.StreamObserver;
import java.util.List;

/** The outbox for the learner, whose role is no tenant's. */
final class EventGrpcService extends EventServiceGrpc.EventServiceImplBase {
    private final EventFeed feed;

    EventGrpcService(EventFeed feed) {
        this.feed = feed;
    }

    @Override
    public void readEvents(ReadEventsRequest request, StreamObserver<ReadEventsResponse> observer) {
        PacedStream<ReadEventsResponse> stream = new PacedStream<>(observer);
        Calls.stream(
                observer,
                () -> feed.read(request.getAfterSequence(), request.getFollow(), new EventFeed.Reader() {
                    @Override
                    public boolean accept(List<Event> events) throws InterruptedException {
                        return stream.send(ReadEventsResponse.newBuilder()
                                .addAllEvents(events)
                                .build());
                    }

                    @Override
                    public boolean gone() {
                        return stream.gone();
                    }
                }));
    }
}
