package dev.pinfactory.orchestrator.service.rest;

import dev.pinfactory.orchestrator.service.quota.Quotas;
import dev.pinfactory.orchestrator.service.task.Tenants;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What a tenant uses, over REST. */
@RestController
class UsageController {
    private final Quotas quotas;
    private final Tenants tenants;

    UsageController(Quotas quotas, Tenants tenants) {
        this.quotas = quotas;
        this.tenants = tenants;
    }

    @GetMapping("/v1/usage")
    ResponseEntity<String> get() {
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .body(ProtoJson.write(quotas.usage(tenants.current())));
    }
}
