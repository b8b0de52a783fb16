package dev.pinfactory.orchestrator.service.rest;

import com.google.protobuf.MessageOrBuilder;
import dev.pinfactory.orchestrator.service.security.ApiKeyService;
import dev.pinfactory.proto.v1.NewApiKey;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** The API keys of a tenant, over REST. */
@RestController
class ApiKeyController {
    private final ApiKeyService keys;

    ApiKeyController(ApiKeyService keys) {
        this.keys = keys;
    }

    @PostMapping(path = "/v1/api-keys", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<String> create(HttpServletRequest request) {
        NewApiKey.Builder key = NewApiKey.newBuilder();
        Bodies.read(request, key);
        return json(keys.create(key.build()));
    }

    @GetMapping("/v1/api-keys")
    ResponseEntity<String> list() {
        return json(keys.list());
    }

    @DeleteMapping("/v1/api-keys/{key_id}")
    ResponseEntity<Void> revoke(@PathVariable("key_id") String id) {
        keys.revoke(id);
        return ResponseEntity.noContent().build();
    }

    /** A secret stays in no cache. */
    private static ResponseEntity<String> json(MessageOrBuilder message) {
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .contentType(MediaType.APPLICATION_JSON)
                .body(ProtoJson.write(message));
    }
}
