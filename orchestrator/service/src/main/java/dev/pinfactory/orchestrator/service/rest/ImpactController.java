package dev.pinfactory.orchestrator.service.rest;

import dev.pinfactory.orchestrator.service.impact.CardImpacts;
import dev.pinfactory.orchestrator.service.task.Caller;
import dev.pinfactory.orchestrator.service.task.Tenants;
import dev.pinfactory.proto.v1.AssessCardRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** What a card would change, over REST: the impact alone, once it is known. */
@RestController
class ImpactController {
    private final CardImpacts impacts;
    private final Tenants tenants;

    ImpactController(CardImpacts impacts, Tenants tenants) {
        this.impacts = impacts;
        this.tenants = tenants;
    }

    @PostMapping(path = "/v1/specialists/assess", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<String> assess(HttpServletRequest request) {
        Caller caller = new Caller(tenants.current(), Optional.empty(), Optional.empty());
        AssessCardRequest.Builder assess = AssessCardRequest.newBuilder();
        Bodies.read(request, assess);
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .body(ProtoJson.write(impacts.assess(caller, Connection.of(request), assess.build(), progress -> {})));
    }
}
