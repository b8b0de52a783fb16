package dev.pinfactory.router.llm;

import com.google.protobuf.Value;
import dev.pinfactory.proto.card.Contracts;
import dev.pinfactory.proto.v1.Constraints;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.proto.v1.InputDescription;
import dev.pinfactory.proto.v1.Parameter;
import dev.pinfactory.proto.v1.PlanRequest;
import dev.pinfactory.proto.v1.Port;
import dev.pinfactory.router.planner.PlanningRequest;
import java.time.Instant;

/** A forwarder's specialists, a task for them, and a plan for it in the plan language. */
public final class Freight {
    public static final String INSTRUCTION =
            "Read the waybill, translate the notice into German and, if the delay is above 48, "
                    + "draft a claim for 1,200 EUR by 3 May 2027";

    public static final Contract SCAN = contract("waybill-scan", "read.image", "image", "text")
            .setSummary("Reads the words of a scanned waybill")
            .build();
    public static final Contract TRANSLATE = contract("notice-translate", "translate.text", "text", "text")
            .setSummary("Translates shipping notices")
            .addParameters(parameter("language", Parameter.Kind.LANGUAGE).setRequired(true))
            .build();
    public static final Contract TRANSLATE_TOO = contract("notice-translate-2", "translate.text", "text", "text")
            .addParameters(parameter("language", Parameter.Kind.LANGUAGE).setRequired(true))
            .build();
    public static final Contract DELAY = contract("delay-hours", "estimate.delay", "text", "score")
            .setSummary("Estimates by how many hours a shipment is late")
            .build();
    public static final Contract CLAIM = contract("claim-draft", "draft.claim", "text", "text")
            .setSummary("Drafts a claim for damages")
            .addParameters(parameter("amount", Parameter.Kind.AMOUNT))
            .addParameters(parameter("due", Parameter.Kind.DATE))
            .addParameters(parameter("tone", Parameter.Kind.ENUM)
                    .addAllowedValues("polite")
                    .addAllowedValues("firm")
                    .setDefaultValue(Value.newBuilder().setStringValue("polite")))
            .build();
    public static final Contract ROUTE = contract("route-class", "classify.route", "text", "labels")
            .setSummary("Says whether a route is SEA_FREIGHT, AIR_FREIGHT or ROAD")
            .build();
    public static final Contract FIELDS = contract("waybill-fields", "extract.waybill", "text", "fields")
            .setSummary("Finds shipper, consignee and weight in a waybill")
            .build();
    public static final Contract WRITER = contract("notice-writer", "translate.text", "text", "text")
            .setKind(Contract.Kind.LLM)
            .build();
    public static final Contracts ALL =
            Contracts.of(SCAN, TRANSLATE, TRANSLATE_TOO, DELAY, CLAIM, ROUTE, FIELDS, WRITER);

    /** Five steps: a scan, its text for three others, and a claim on a condition. */
    public static final String PLAN = """
            {"steps": [
              {"name": "a", "specialist": "waybill-scan",
               "inputs": [{"port": "in", "from": ["input:scan"]}], "parameters": [],
               "for_each": null, "when": null, "deliver": true, "asked_by": "Read the waybill", "reason": "it is an image"},
              {"name": "b", "specialist": "notice-translate",
               "inputs": [{"port": "in", "from": ["input:notice"]}],
               "parameters": [{"parameter": "language", "quote": "German"}],
               "for_each": null, "when": null, "deliver": true, "asked_by": "translate the notice into German", "reason": "asked"},
              {"name": "c", "specialist": "delay-hours",
               "inputs": [{"port": "in", "from": ["step:a.out"]}], "parameters": [],
               "for_each": null, "when": null, "deliver": false, "asked_by": "the delay", "reason": "the condition needs it"},
              {"name": "d", "specialist": "claim-draft",
               "inputs": [{"port": "in", "from": ["step:a.out"]}],
               "parameters": [{"parameter": "amount", "quote": "1,200 EUR"}, {"parameter": "due", "quote": "2027-05-03"}],
               "for_each": null,
               "when": {"output": "step:c.out#/value", "operator": "GREATER", "quotes": ["48"]},
               "deliver": true, "asked_by": "draft a claim", "reason": "asked"}],
             "output": [], "not_possible": []}
            """;

    private Freight() {}

    public static PlanRequest.Builder task(String instruction) {
        return PlanRequest.newBuilder()
                .setInstruction(instruction)
                .addInputs(InputDescription.newBuilder().setName("scan").setType("image"))
                .addInputs(InputDescription.newBuilder()
                        .setName("notice")
                        .setType("text")
                        .setLanguage("en"))
                .addInputs(InputDescription.newBuilder()
                        .setName("letters")
                        .setType("text")
                        .setMany(true))
                .setConstraints(Constraints.newBuilder().setMayEscalate(true));
    }

    public static PlanningRequest request(PlanRequest.Builder task) {
        return new PlanningRequest(task.build(), ALL, Instant.now().plusSeconds(20));
    }

    public static PlanningRequest request() {
        return request(task(INSTRUCTION));
    }

    private static Contract.Builder contract(String id, String capability, String in, String out) {
        return Contract.newBuilder()
                .setId(id)
                .setCapability(capability)
                .setKind(Contract.Kind.MODEL)
                .addInputs(Port.newBuilder().setName("in").setType(in))
                .addOutputs(Port.newBuilder().setName("out").setType(out));
    }

    private static Parameter.Builder parameter(String name, Parameter.Kind kind) {
        return Parameter.newBuilder().setName(name).setKind(kind);
    }
}
