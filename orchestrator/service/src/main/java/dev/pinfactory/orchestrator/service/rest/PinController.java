package dev.pinfactory.orchestrator.service.rest;

import com.google.protobuf.MessageOrBuilder;
import dev.pinfactory.orchestrator.service.task.Caller;
import dev.pinfactory.orchestrator.service.task.Pins;
import dev.pinfactory.orchestrator.service.task.Tenants;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The pinned plans of SwarmService over REST. */
@RestController
class PinController {
    private final Pins pins;
    private final Tenants tenants;

    PinController(Pins pins, Tenants tenants) {
        this.pins = pins;
        this.tenants = tenants;
    }

    @PostMapping(path = "/v1/pinned-plans/{name}", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<String> pin(@PathVariable("name") String name, HttpServletRequest request) {
        Caller caller = new Caller(tenants.current(), Optional.empty(), Optional.empty());
        return json(pins.pin(caller, name, Bodies.task(request)));
    }

    @GetMapping("/v1/pinned-plans/{name}")
    ResponseEntity<String> get(@PathVariable("name") String name) {
        return json(pins.get(tenants.current(), name));
    }

    @GetMapping("/v1/pinned-plans")
    ResponseEntity<String> list(@RequestParam MultiValueMap<String, String> query) {
        return json(pins.list(tenants.current(), ListQuery.pinnedPlans(query)));
    }

    @DeleteMapping("/v1/pinned-plans/{name}")
    ResponseEntity<Void> delete(@PathVariable("name") String name) {
        pins.delete(tenants.current(), name);
        return ResponseEntity.noContent().build();
    }

    private static ResponseEntity<String> json(MessageOrBuilder message) {
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(ProtoJson.write(message));
    }
}
