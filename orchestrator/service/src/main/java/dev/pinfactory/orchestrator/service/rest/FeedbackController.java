package dev.pinfactory.orchestrator.service.rest;

import com.google.protobuf.MessageOrBuilder;
import dev.pinfactory.orchestrator.service.feedback.FeedbackService;
import dev.pinfactory.proto.v1.ClaimReviewRequest;
import dev.pinfactory.proto.v1.Feedback;
import dev.pinfactory.proto.v1.GiveFeedbackRequest;
import dev.pinfactory.proto.v1.ResolveReviewRequest;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What people say of ended tasks, over REST. */
@RestController
class FeedbackController {
    private final FeedbackService feedback;

    FeedbackController(FeedbackService feedback) {
        this.feedback = feedback;
    }

    @PostMapping(path = "/v1/tasks/{task_id}/feedback", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<String> give(@PathVariable("task_id") String taskId, HttpServletRequest request) {
        Feedback.Builder said = Feedback.newBuilder();
        Bodies.read(request, said);
        return json(feedback.give(GiveFeedbackRequest.newBuilder()
                .setTaskId(taskId)
                .setFeedback(said)
                .build()));
    }

    @GetMapping("/v1/reviews")
    ResponseEntity<String> list(@RequestParam MultiValueMap<String, String> query) {
        return json(feedback.list(ListQuery.reviews(query)));
    }

    @PostMapping(path = "/v1/reviews/{task_id}/claim", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<String> claim(@PathVariable("task_id") String taskId, HttpServletRequest request) {
        ClaimReviewRequest.Builder claim = ClaimReviewRequest.newBuilder();
        Bodies.read(request, claim);
        return json(feedback.claim(claim.setTaskId(taskId).build()));
    }

    @PostMapping(path = "/v1/reviews/{task_id}/resolve", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<String> resolve(@PathVariable("task_id") String taskId, HttpServletRequest request) {
        ResolveReviewRequest.Builder decision = ResolveReviewRequest.newBuilder();
        Bodies.read(request, decision);
        return json(feedback.resolve(decision.setTaskId(taskId).build()));
    }

    private static ResponseEntity<String> json(MessageOrBuilder message) {
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(ProtoJson.write(message));
    }
}
