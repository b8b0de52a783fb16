package dev.pinfactory.registry.service;

import com.google.protobuf.util.Durations;
import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.error.Errors;
import dev.pinfactory.proto.error.PinfactoryException;
import dev.pinfactory.proto.v1.Card;
import dev.pinfactory.proto.v1.DeregisterRequest;
import dev.pinfactory.proto.v1.DeregisterResponse;
import dev.pinfactory.proto.v1.Endpoint;
import dev.pinfactory.proto.v1.Entry;
import dev.pinfactory.proto.v1.GetJudgementRequest;
import dev.pinfactory.proto.v1.GetJudgementResponse;
import dev.pinfactory.proto.v1.GetModelRequest;
import dev.pinfactory.proto.v1.GetModelResponse;
import dev.pinfactory.proto.v1.KeepAliveRequest;
import dev.pinfactory.proto.v1.KeepAliveResponse;
import dev.pinfactory.proto.v1.ListAuditRequest;
import dev.pinfactory.proto.v1.ListAuditResponse;
import dev.pinfactory.proto.v1.ListEntriesRequest;
import dev.pinfactory.proto.v1.ListEntriesResponse;
import dev.pinfactory.proto.v1.ListRolloutsRequest;
import dev.pinfactory.proto.v1.ListRolloutsResponse;
import dev.pinfactory.proto.v1.PublishVersionRequest;
import dev.pinfactory.proto.v1.PublishVersionResponse;
import dev.pinfactory.proto.v1.PutModelRequest;
import dev.pinfactory.proto.v1.PutModelResponse;
import dev.pinfactory.proto.v1.RecordJudgementRequest;
import dev.pinfactory.proto.v1.RecordJudgementResponse;
import dev.pinfactory.proto.v1.RegisterRequest;
import dev.pinfactory.proto.v1.RegisterResponse;
import dev.pinfactory.proto.v1.RegistryServiceGrpc;
import dev.pinfactory.proto.v1.ReportOutcomesRequest;
import dev.pinfactory.proto.v1.ReportOutcomesResponse;
import dev.pinfactory.proto.v1.RollBackRequest;
import dev.pinfactory.proto.v1.RollBackResponse;
import dev.pinfactory.proto.v1.SetVersionStateRequest;
import dev.pinfactory.proto.v1.SetVersionStateResponse;
import dev.pinfactory.proto.v1.WatchRequest;
import dev.pinfactory.proto.v1.WatchResponse;
import dev.pinfactory.registry.peers.Peer;
import dev.pinfactory.registry.peers.PeerInterceptor;
import dev.pinfactory.registry.service.catalog.Catalog;
import dev.pinfactory.registry.service.catalog.Catalog.Registered;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.TransactionException;

/** The registry over gRPC. What it does stands in {@link Catalog}, {@link Watchers} and {@link Models}. */
class RegistryGrpcService extends RegistryServiceGrpc.RegistryServiceImplBase {
    private static final Logger LOGGER = LoggerFactory.getLogger(RegistryGrpcService.class);

    private final Catalog catalog;
    private final LiveCatalog live;
    private final Watchers watchers;
    private final Models models;
    private final RolloutCalls rollouts;

    RegistryGrpcService(Catalog catalog, LiveCatalog live, Watchers watchers, Models models, RolloutCalls rollouts) {
        this.catalog = catalog;
        this.live = live;
        this.watchers = watchers;
        this.models = models;
        this.rollouts = rollouts;
    }

    @Override
    public void register(RegisterRequest request, StreamObserver<RegisterResponse> caller) {
        answer(caller, () -> {
            Registered registered = catalog.register(
                    served(request.getCardsList()), own(request.getEndpoint()), asked(request.getLease()));
            live.refresh();
            LOGGER.info(
                    "{} at {} registered {} cards",
                    request.getEndpoint().getInstance(),
                    request.getEndpoint().getAddress(),
                    request.getCardsCount());
            return RegisterResponse.newBuilder()
                    .setLeaseId(registered.lease().id())
                    .setLease(duration(registered.lease().length()))
                    .setRevision(registered.revision())
                    .build();
        });
    }

    /** Whoever has a certificate for one specialist serves no other. */
    private static List<Card> served(List<Card> cards) {
        PeerInterceptor.caller()
                .ifPresent(peer -> cards.stream()
                        .map(card -> card.getContract().getId())
                        .filter(id -> !peer.mayServe(id))
                        .findFirst()
                        .ifPresent(id -> {
                            throw new PinfactoryException(
                                    ErrorCode.PERMISSION_DENIED, "cards: " + peer + " may not serve " + id);
                        }));
        return cards;
    }

    /** An instance that registers again takes the place of what it was: so the instances of one specialist are apart from all others. */
    private static Endpoint own(Endpoint endpoint) {
        return PeerInterceptor.caller()
                .filter(peer -> peer.role() == Peer.Role.SPECIALIST)
                .map(peer -> endpoint.toBuilder()
                        .setInstance(peer.name() + "/" + endpoint.getInstance())
                        .build())
                .orElse(endpoint);
    }

    /** Where specialists listen is nothing that one of them has to know. */
    private static void mayKnowEndpoints(boolean asked) {
        if (asked
                && PeerInterceptor.caller()
                        .filter(peer -> peer.role() != Peer.Role.ORCHESTRATOR && peer.role() != Peer.Role.OPERATOR)
                        .isPresent()) {
            throw new PinfactoryException(
                    ErrorCode.PERMISSION_DENIED, "include_endpoints: an orchestrator or operator may know endpoints");
        }
    }

    @Override
    public void keepAlive(KeepAliveRequest request, StreamObserver<KeepAliveResponse> caller) {
        answer(
                caller,
                () -> KeepAliveResponse.newBuilder()
                        .setLease(duration(catalog.keepAlive(request.getLeaseId())))
                        .build());
    }

    @Override
    public void deregister(DeregisterRequest request, StreamObserver<DeregisterResponse> caller) {
        answer(caller, () -> {
            catalog.deregister(request.getLeaseId());
            live.refresh();
            return DeregisterResponse.getDefaultInstance();
        });
    }

    @Override
    public void watch(WatchRequest request, StreamObserver<WatchResponse> caller) {
        var watcher = (ServerCallStreamObserver<WatchResponse>) caller;
        try {
            mayKnowEndpoints(request.getIncludeEndpoints());
            watchers.add(request, watcher);
        } catch (RuntimeException e) {
            fail(caller, e);
        }
    }

    @Override
    public void listEntries(ListEntriesRequest request, StreamObserver<ListEntriesResponse> caller) {
        answer(caller, () -> {
            mayKnowEndpoints(request.getIncludeEndpoints());
            return ListEntriesResponse.newBuilder()
                    .setSnapshot(live.refresh().snapshot(request.getIncludeEndpoints()))
                    .build();
        });
    }

    @Override
    public void setVersionState(SetVersionStateRequest request, StreamObserver<SetVersionStateResponse> caller) {
        answer(caller, () -> {
            long revision = catalog.move(
                    request.getSpecialist(),
                    request.getVersion(),
                    request.getState(),
                    request.getWeightPercent(),
                    request.getActor(),
                    request.getReason());
            LOGGER.info(
                    "{} moved version {} of {} to {}",
                    request.getActor(),
                    request.getVersion(),
                    request.getSpecialist(),
                    request.getState());
            return SetVersionStateResponse.newBuilder()
                    .setEntry(live.refresh().find(request.getSpecialist()).orElse(Entry.getDefaultInstance()))
                    .setRevision(revision)
                    .build();
        });
    }

    @Override
    public StreamObserver<PutModelRequest> putModel(StreamObserver<PutModelResponse> caller) {
        return models.receive((ServerCallStreamObserver<PutModelResponse>) caller, failure(caller));
    }

    @Override
    public void getModel(GetModelRequest request, StreamObserver<GetModelResponse> caller) {
        try {
            models.send(request.getDigest(), (ServerCallStreamObserver<GetModelResponse>) caller, failure(caller));
        } catch (RuntimeException e) {
            fail(caller, e);
        }
    }

    @Override
    public void publishVersion(PublishVersionRequest request, StreamObserver<PublishVersionResponse> caller) {
        answer(caller, () -> rollouts.publishVersion(request));
    }

    @Override
    public void recordJudgement(RecordJudgementRequest request, StreamObserver<RecordJudgementResponse> caller) {
        answer(caller, () -> rollouts.recordJudgement(request));
    }

    @Override
    public void getJudgement(GetJudgementRequest request, StreamObserver<GetJudgementResponse> caller) {
        answer(caller, () -> rollouts.getJudgement(request));
    }

    @Override
    public void reportOutcomes(ReportOutcomesRequest request, StreamObserver<ReportOutcomesResponse> caller) {
        answer(caller, () -> rollouts.reportOutcomes(request));
    }

    @Override
    public void rollBack(RollBackRequest request, StreamObserver<RollBackResponse> caller) {
        answer(caller, () -> rollouts.rollBack(request));
    }

    @Override
    public void listRollouts(ListRolloutsRequest request, StreamObserver<ListRolloutsResponse> caller) {
        answer(caller, () -> rollouts.listRollouts(request));
    }

    @Override
    public void listAudit(ListAuditRequest request, StreamObserver<ListAuditResponse> caller) {
        answer(caller, () -> rollouts.listAudit(request));
    }

    private static <T> void answer(StreamObserver<T> caller, Supplier<T> work) {
        T answer;
        try {
            answer = work.get();
        } catch (RuntimeException e) {
            fail(caller, e);
            return;
        }
        caller.onNext(answer);
        caller.onCompleted();
    }

    private static Consumer<Throwable> failure(StreamObserver<?> caller) {
        return why -> fail(caller, why);
    }

    private static void fail(StreamObserver<?> caller, Throwable why) {
        Throwable error = isPassing(why)
                ? new PinfactoryException(ErrorCode.UNAVAILABLE, "the registry's database does not answer", why)
                : why;
        if (!(why instanceof PinfactoryException)) {
            LOGGER.error("a call failed", why);
        }
        caller.onError(Errors.toGrpc(error));
    }

    /** The database is away or busy: the same call may succeed later. */
    private static boolean isPassing(Throwable why) {
        return why instanceof TransientDataAccessException
                || why instanceof NonTransientDataAccessResourceException
                || why instanceof TransactionException;
    }

    private static Duration asked(com.google.protobuf.Duration lease) {
        if (!Durations.isValid(lease)) {
            throw ModelUpload.invalid("lease", "is not a duration");
        }
        return Duration.ofSeconds(lease.getSeconds(), lease.getNanos());
    }

    private static com.google.protobuf.Duration duration(Duration duration) {
        return Durations.fromMillis(duration.toMillis());
    }
}
