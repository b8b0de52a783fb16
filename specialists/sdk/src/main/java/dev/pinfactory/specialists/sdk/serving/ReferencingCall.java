package dev.pinfactory.specialists.sdk.serving;

import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.error.PinfactoryException;
import dev.pinfactory.proto.v1.InferByReferenceRequest;
import dev.pinfactory.proto.v1.InferByReferenceResponse;
import dev.pinfactory.proto.v1.InferResponse;
import dev.pinfactory.proto.v1.WantedContent;
import io.grpc.Context;
import io.grpc.stub.StreamObserver;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One call whose inputs come as references: asks for one content after the other, then answers as if they had come with it. */
final class ReferencingCall implements StreamObserver<InferByReferenceRequest> {
    private final SpecialistGrpcService service;
    private final ContentBudget budget;
    private final StreamObserver<InferByReferenceResponse> caller;
    private @Nullable References references;
    private long taken;
    private boolean over;

    ReferencingCall(
            SpecialistGrpcService service, ContentBudget budget, StreamObserver<InferByReferenceResponse> caller) {
        this.service = service;
        this.budget = budget;
        this.caller = caller;
    }

    @Override
    public void onNext(InferByReferenceRequest part) {
        if (over) {
            return;
        }
        try {
            References known = references;
            switch (part.getPartCase()) {
                case CALL -> {
                    if (known != null) {
                        throw invalid("the call comes once, first");
                    }
                    proceed(begin(part));
                }
                case CHUNK -> {
                    if (known == null) {
                        throw invalid("the call comes first");
                    }
                    if (known.add(part.getChunk())) {
                        proceed(known);
                    }
                }
                case PART_NOT_SET -> throw invalid("a part has a call or a chunk, and this one has neither");
            }
        } catch (RuntimeException e) {
            end();
            service.fail(caller, e);
        }
    }

    private References begin(InferByReferenceRequest part) {
        if (Context.current().getDeadline() == null) {
            // Otherwise a caller that sends nothing more would hold its share of the budget for ever.
            throw new PinfactoryException(ErrorCode.FAILED_PRECONDITION, "a call by reference needs a deadline");
        }
        service.requireGranted(part.getCall());
        References begun = new References(part.getCall());
        budget.take(begun.size());
        taken = begun.size();
        references = begun;
        return begun;
    }

    private void proceed(References known) {
        Optional<String> wanted = known.next();
        if (wanted.isPresent()) {
            caller.onNext(InferByReferenceResponse.newBuilder()
                    .setWanted(WantedContent.newBuilder().setDigest(wanted.get()))
                    .build());
            return;
        }
        InferResponse answer = service.answer(known);
        end();
        caller.onNext(InferByReferenceResponse.newBuilder().setAnswer(answer).build());
        caller.onCompleted();
    }

    @Override
    public void onError(Throwable cancelled) {
        end();
    }

    /** The caller has nothing more to say, which it may not do while something is missing. */
    @Override
    public void onCompleted() {
        if (!over) {
            end();
            service.fail(caller, invalid("the call ended before its content was complete"));
        }
    }

    private void end() {
        over = true;
        references = null;
        budget.giveBack(taken);
        taken = 0;
    }

    private static PinfactoryException invalid(String message) {
        return new PinfactoryException(ErrorCode.INVALID_ARGUMENT, message);
    }
}
