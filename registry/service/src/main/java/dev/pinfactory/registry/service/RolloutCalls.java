package dev.pinfactory.registry.service;

import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.error.PinfactoryException;
import dev.pinfactory.proto.v1.AuditEntry;
import dev.pinfactory.proto.v1.Entry;
import dev.pinfactory.proto.v1.GetJudgementRequest;
import dev.pinfactory.proto.v1.GetJudgementResponse;
import dev.pinfactory.proto.v1.ListAuditRequest;
import dev.pinfactory.proto.v1.ListAuditResponse;
import dev.pinfactory.proto.v1.ListRolloutsRequest;
import dev.pinfactory.proto.v1.ListRolloutsResponse;
import dev.pinfactory.proto.v1.PublishVersionRequest;
import dev.pinfactory.proto.v1.PublishVersionResponse;
import dev.pinfactory.proto.v1.RecordJudgementRequest;
import dev.pinfactory.proto.v1.RecordJudgementResponse;
import dev.pinfactory.proto.v1.ReportOutcomesRequest;
import dev.pinfactory.proto.v1.ReportOutcomesResponse;
import dev.pinfactory.proto.v1.RollBackRequest;
import dev.pinfactory.proto.v1.RollBackResponse;
import dev.pinfactory.registry.service.catalog.Candidates;
import dev.pinfactory.registry.service.catalog.Catalog;
import dev.pinfactory.registry.service.catalog.OutcomeCounting;
import dev.pinfactory.registry.service.rollout.RolloutController;
import dev.pinfactory.registry.service.store.JdbcRolloutReader;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The calls that bring versions, judge them, tell what became of them, and say why they are where they are. */
final class RolloutCalls {
    private static final Logger LOGGER = LoggerFactory.getLogger(RolloutCalls.class);
    private static final int PAGE = 100;
    private static final int LARGEST_PAGE = 500;

    private final Catalog catalog;
    private final Candidates candidates;
    private final OutcomeCounting outcomes;
    private final RolloutController controller;
    private final JdbcRolloutReader reader;
    private final LiveCatalog live;

    RolloutCalls(
            Catalog catalog,
            Candidates candidates,
            OutcomeCounting outcomes,
            RolloutController controller,
            JdbcRolloutReader reader,
            LiveCatalog live) {
        this.catalog = catalog;
        this.candidates = candidates;
        this.outcomes = outcomes;
        this.controller = controller;
        this.reader = reader;
        this.live = live;
    }

    PublishVersionResponse publishVersion(PublishVersionRequest request) {
        var published = candidates.publish(request.getSpecialist(), request.getContractDigest(), request.getVersion());
        live.refresh();
        LOGGER.info(
                "version {} of {} is {}",
                request.getVersion().getNumber(),
                request.getSpecialist(),
                published.existed() ? "published already" : "published");
        return PublishVersionResponse.newBuilder()
                .setExisted(published.existed())
                .setRevision(published.revision())
                .build();
    }

    RecordJudgementResponse recordJudgement(RecordJudgementRequest request) {
        var judged = candidates.judge(
                request.getSpecialist(), request.getVersion(), request.getJudgement(), request.getReportHtml());
        live.refresh();
        LOGGER.info(
                "{} judged version {} of {}: {}",
                request.getJudgement().getJudge(),
                request.getVersion(),
                request.getSpecialist(),
                request.getJudgement().getPassed() ? "passed" : "not passed");
        return RecordJudgementResponse.newBuilder()
                .setState(judged.state())
                .setRevision(judged.revision())
                .build();
    }

    GetJudgementResponse getJudgement(GetJudgementRequest request) {
        return reader.judgement(request.getSpecialist(), request.getVersion(), request.getIncludeReport())
                .orElseThrow(() -> new PinfactoryException(
                        ErrorCode.NOT_FOUND,
                        "version '" + request.getVersion() + "' of '" + request.getSpecialist()
                                + "' was not judged, or does not exist"));
    }

    ReportOutcomesResponse reportOutcomes(ReportOutcomesRequest request) {
        return ReportOutcomesResponse.newBuilder()
                .setCounted(outcomes.report(request.getReporter(), request.getSequence(), request.getOutcomesList()))
                .build();
    }

    RollBackResponse rollBack(RollBackRequest request) {
        long revision = catalog.rollBack(
                request.getSpecialist(), request.getVersion(), request.getActor(), request.getReason());
        LOGGER.info("{} rolled {} back {}", request.getActor(), request.getSpecialist(), request.getVersion());
        return RollBackResponse.newBuilder()
                .setEntry(live.refresh().find(request.getSpecialist()).orElse(Entry.getDefaultInstance()))
                .setRevision(revision)
                .build();
    }

    ListRolloutsResponse listRollouts(ListRolloutsRequest request) {
        String wanted = request.getSpecialist();
        requireKnown(wanted);
        List<String> specialists = wanted.isEmpty() ? controller.onTheWay() : List.of(wanted);
        ListRolloutsResponse.Builder stages = ListRolloutsResponse.newBuilder();
        specialists.forEach(id -> stages.addAllStages(controller.stages(id)));
        return stages.build();
    }

    ListAuditResponse listAudit(ListAuditRequest request) {
        int size = request.getPageSize() == 0 ? PAGE : request.getPageSize();
        if (size < 1 || size > LARGEST_PAGE) {
            throw ModelUpload.invalid("page_size", "is " + size + ", expected 1 to " + LARGEST_PAGE);
        }
        List<AuditEntry> found = reader.audit(request.getSpecialist(), before(request.getPageToken()), size + 1);
        // One that was removed has a log still; and a page after the last is empty for any.
        if (found.isEmpty() && request.getPageToken().isEmpty()) {
            requireKnown(request.getSpecialist());
        }
        ListAuditResponse.Builder page = ListAuditResponse.newBuilder();
        found.stream().limit(size).forEach(page::addEntries);
        if (found.size() > size) {
            page.setNextPageToken(Long.toString(page.getEntries(size - 1).getSequence()));
        }
        return page.build();
    }

    /** @param specialist empty for all */
    private void requireKnown(String specialist) {
        if (!specialist.isEmpty() && live.refresh().find(specialist).isEmpty()) {
            throw new PinfactoryException(ErrorCode.NOT_FOUND, "there is no specialist '" + specialist + "'");
        }
    }

    private static long before(String token) {
        if (token.isEmpty()) {
            return Long.MAX_VALUE;
        }
        try {
            return Long.parseLong(token);
        } catch (NumberFormatException e) {
            throw ModelUpload.invalid("page_token", "is none that the page before said");
        }
    }
}
