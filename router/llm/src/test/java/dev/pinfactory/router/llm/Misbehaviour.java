package dev.pinfactory.router.llm;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static dev.pinfactory.router.llm.TestingModel.json;
import static dev.pinfactory.router.llm.TestingModel.message;
import static dev.pinfactory.router.llm.TestingModel.quoted;
import static dev.pinfactory.router.llm.TestingModel.says;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;

/** What a language model, or the server in front of it, does instead of planning. */
enum Misbehaviour {
    INVALID_JSON(2, "no JSON object", says("{\"steps\": [")),
    TRUNCATED(2, "cut off", message("{\"content\": " + quoted(Freight.PLAN.substring(0, 300)) + "}", "length")),
    TRUNCATED_AT_A_PLAN(2, "cut off", message("{\"content\": " + quoted(Freight.PLAN) + "}", "length")),
    PROSE_ONLY(2, "no JSON object", says("I would scan it and then translate it.")),
    TWO_PLANS(2, "different plans", says(Freight.PLAN + " or " + Freight.PLAN.replace("German", "notice"))),
    TWO_TOOL_CALLS(2, "2 tool calls", message("""
                    {"content": null, "tool_calls": [{"function": {"arguments": "{}"}}, {"function": {"arguments": "{}"}}]}""", "tool_calls")),
    TOOL_CALL_THAT_IS_NO_PLAN(2, "'steps' is missing", message("""
                    {"content": null, "tool_calls": [{"function": {"name": "search", "arguments": "{\\"query\\": \\"x\\"}"}}]}""", "tool_calls")),
    NULL_CONTENT(2, "empty", message("{\"content\": null}", "stop")),
    EMPTY_CHOICES(2, "empty", json("{\"choices\": []}")),
    UNKNOWN_SPECIALIST(2, "no specialist", says(Freight.PLAN.replace("waybill-scan", "omniscient-one"))),
    INVENTED_LITERAL(
            2, "does not stand in the instruction", says(Freight.PLAN.replace("\"1,200 EUR\"", "\"9,999 EUR\""))),
    INVENTED_CONDITION(2, "does not stand in the instruction", says(Freight.PLAN.replace("[\"48\"]", "[\"0\"]"))),
    UNKNOWN_FIELD(
            2, "does not exist", says(Freight.PLAN.replace("\"for_each\"", "\"run_as\": \"root\", \"for_each\""))),
    DUPLICATE_FIELD(2, "no JSON object", says("{\"steps\": [], \"steps\": [1]}")),
    STEP_THAT_WAITS_FOR_A_LATER_ONE(2, "before this one", says(Freight.PLAN.replace("input:scan", "step:d.out"))),
    TOO_DEEP(2, "no JSON object", says("{\"steps\": " + "[".repeat(5_000) + "]".repeat(5_000) + "}")),
    BRACES(2, "too many braces", says("{ ".repeat(60_000))),
    TOO_MANY_STEPS(2, "at most 64", says("{\"steps\": [" + "{},".repeat(200) + "{}]}")),
    REFUSAL(
            1,
            "declined: I can't help",
            message("{\"content\": null, \"refusal\": \"I can't help with that\"}", "stop")),
    CONTENT_FILTER(1, "content filter", message("{\"content\": \"\"}", "content_filter")),
    SERVER_ERROR(
            1,
            "status 500 (out_of_memory)",
            aResponse()
                    .withStatus(500)
                    .withBody("{\"error\": {\"message\": \"secret prompt\", \"code\": \"out_of_memory\"}}")),
    TOO_MANY_REQUESTS(1, "status 429", aResponse().withStatus(429).withBody("slow down")),
    REDIRECT(1, "status 307", aResponse().withStatus(307).withHeader("Location", "/elsewhere")),
    WRONG_CONTENT_TYPE(
            1,
            "not application/json",
            aResponse().withHeader("Content-Type", "text/html").withBody(Freight.PLAN)),
    HUGE_BODY(1, "more than 524288 bytes", json("{\"choices\": [\"" + "x".repeat(3 << 20) + "\"]}")),
    ENDLESS_ERROR(1, "status 502", aResponse().withStatus(502).withBody("x".repeat(3 << 20))),
    BODY_THAT_IS_NOT_JSON(1, "not JSON", json("<html>")),
    BODY_THAT_IS_NO_COMPLETION(1, "not a chat completion", json("[1, 2]")),
    BROKEN_CONNECTION(1, "the connection broke", aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)),
    GARBAGE(1, "the connection broke", aResponse().withFault(Fault.RANDOM_DATA_THEN_CLOSE));

    /** How often it is asked. */
    final int questions;

    /** What the refusal says. */
    final String why;

    final ResponseDefinitionBuilder answer;

    Misbehaviour(int questions, String why, ResponseDefinitionBuilder answer) {
        this.questions = questions;
        this.why = why;
        this.answer = answer;
    }
}
