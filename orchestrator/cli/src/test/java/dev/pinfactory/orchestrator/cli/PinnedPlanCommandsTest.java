package dev.pinfactory.orchestrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.JsonFormat;
import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.error.Errors;
import dev.pinfactory.proto.error.PinfactoryException;
import dev.pinfactory.proto.v1.*;
import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands about pinned plans, against a swarm that keeps what it is told and plans what the test says. */
class PinnedPlanCommandsTest {
    private static final Plan PLAN = plan("email");
    private static final Plan OTHER = plan("receipt");

    @TempDir
    Path directory;

    private final FakeSwarm swarm = new FakeSwarm();
    private Server server;
    private String out = "";
    private String err = "";

    private static Plan plan(String input) {
        return Plan.newBuilder()
                .setConfidence(0.9)
                .addSteps(Step.newBuilder()
                        .setId("sum")
                        .setSpecialist("sum")
                        .setDeliverable(true)
                        .addInputs(InputBinding.newBuilder()
                                .setPort("text")
                                .addSources(Binding.newBuilder()
                                        .setTaskInput(TaskInput.newBuilder().setName(input)))))
                .build();
    }

    /** Two names, of which "claim" has a plan, and "other" another one. */
    private static final class FakeSwarm extends SwarmServiceGrpc.SwarmServiceImplBase {
        private final Map<String, PinnedPlan> pinned = new TreeMap<>();
        private final List<Task> planned = new ArrayList<>();
        private PlanTaskResponse answer =
                PlanTaskResponse.newBuilder().setPlan(PLAN).build();

        private Optional<PinfactoryException> wrong = Optional.empty();

        FakeSwarm() {
            pinned.put("claim", pinned("claim", PLAN));
            pinned.put("other", pinned("other", OTHER));
        }

        private static PinnedPlan pinned(String name, Plan plan) {
            return PinnedPlan.newBuilder()
                    .setName(name)
                    .setVersion(3)
                    .setInstruction("Summarise the e-mail")
                    .addInputs(InputDescription.newBuilder().setName("email").setType("text"))
                    .addInputs(InputDescription.newBuilder()
                            .setName("pages")
                            .setType("image")
                            .setMany(true))
                    .setPlan(plan)
                    .build();
        }

        @Override
        public void planTask(PlanTaskRequest request, StreamObserver<PlanTaskResponse> observer) {
            planned.add(request.getTask());
            if (wrong.isPresent()) {
                observer.onError(Errors.toGrpc(wrong.get()));
            } else {
                answer(observer, answer);
            }
        }

        @Override
        public void pinPlan(PinPlanRequest request, StreamObserver<PinPlanResponse> observer) {
            planned.add(request.getTask());
            boolean created = !pinned.containsKey(request.getName());
            pinned.putIfAbsent(request.getName(), pinned(request.getName(), PLAN));
            PinPlanResponse.Builder response = PinPlanResponse.newBuilder().setCreated(created);
            if (answer.hasRefusal()) {
                response.setRefusal(answer.getRefusal());
            } else {
                response.setPinnedPlan(pinned.get(request.getName()));
            }
            answer(observer, response.build());
        }

        @Override
        public void getPinnedPlan(GetPinnedPlanRequest request, StreamObserver<GetPinnedPlanResponse> observer) {
            PinnedPlan found = pinned.get(request.getName().replaceFirst("@3$", ""));
            if (found == null) {
                observer.onError(Errors.toGrpc(new PinfactoryException(ErrorCode.NOT_FOUND, "there is no such plan")));
            } else {
                answer(
                        observer,
                        GetPinnedPlanResponse.newBuilder().setPinnedPlan(found).build());
            }
        }

        /** One on each page. */
        @Override
        public void listPinnedPlans(ListPinnedPlansRequest request, StreamObserver<ListPinnedPlansResponse> observer) {
            List<String> names = List.copyOf(pinned.keySet());
            int page = request.getPageToken().isEmpty() ? 0 : Integer.parseInt(request.getPageToken());
            ListPinnedPlansResponse.Builder response = ListPinnedPlansResponse.newBuilder();
            if (page < names.size()) {
                response.addPinnedPlans(PinnedPlanSummary.newBuilder()
                        .setName(names.get(page))
                        .setVersion(3)
                        .setSteps(1)
                        .setInstruction("Summarise\n the e-mail"));
            }
            if (page + 1 < names.size()) {
                response.setNextPageToken(String.valueOf(page + 1));
            }
            answer(observer, response.build());
        }

        @Override
        public void deletePinnedPlan(
                DeletePinnedPlanRequest request, StreamObserver<DeletePinnedPlanResponse> observer) {
            pinned.remove(request.getName());
            answer(observer, DeletePinnedPlanResponse.getDefaultInstance());
        }

        private static <T> void answer(StreamObserver<T> observer, T answer) {
            observer.onNext(answer);
            observer.onCompleted();
        }
    }

    @BeforeEach
    void serve() throws IOException {
        server = Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
                .addService(swarm)
                .build()
                .start();
    }

    @AfterEach
    void stop() throws InterruptedException {
        server.shutdownNow();
        server.awaitTermination();
    }

    private int pin(String... arguments) {
        List<String> all = new ArrayList<>(List.of("plan"));
        all.addAll(List.of(arguments));
        all.add("--endpoint=localhost:" + server.getPort());
        Ran ran = Ran.pin(all.toArray(String[]::new));
        out = ran.out();
        err = ran.err();
        return ran.exit();
    }

    private String file(String name, String content) throws IOException {
        return Files.writeString(directory.resolve(name), content).toString();
    }

    @Test
    void pinningPrintsThePlanAndItsName() {
        assertThat(pin("-i", "Summarise", "--pin", "new")).isZero();
        assertThat(out).contains("└─ sum  text ← email").endsWith("new@3" + System.lineSeparator());
        assertThat(pin("-i", "Summarise", "--pin", "new")).isZero();
        assertThat(out).endsWith("new@3 is this plan already" + System.lineSeparator());
    }

    @Test
    void aRefusedTaskIsNotPinned() {
        swarm.answer = PlanTaskResponse.newBuilder()
                .setRefusal(Refusal.newBuilder().setReason(Refusal.Reason.NOT_UNDERSTOOD))
                .build();
        assertThat(pin("-i", "Summarise", "--pin", "new")).isEqualTo(5);
        assertThat(out).contains("NOT_UNDERSTOOD");
    }

    @Test
    void aPinnedPlanNeedsNoInstruction() {
        assertThat(pin("--pinned", "claim@3", "--input", "email=hello")).isZero();
        assertThat(swarm.planned.get(0).getPinnedPlan()).isEqualTo("claim@3");
    }

    @Test
    void allPagesAreListed() throws Exception {
        assertThat(pin("pins")).isZero();
        assertThat(out.lines()).hasSize(2);
        assertThat(out).contains("claim@3").contains("1 step  Summarise the e-mail");
        assertThat(pin("pins", "--json")).isZero();
        ListPinnedPlansResponse.Builder list = ListPinnedPlansResponse.newBuilder();
        JsonFormat.parser().merge(out, list);
        assertThat(list.getPinnedPlansCount()).isEqualTo(2);
    }

    @Test
    void aPinnedPlanIsShownWithWhatItWasMadeFor() {
        assertThat(pin("show", "claim@3")).isZero();
        assertThat(out)
                .contains("claim@3  pinned ")
                .contains("instruction: Summarise the e-mail")
                .contains("inputs: email (text), pages (list of image)")
                .contains("└─ sum  text ← email");
    }

    @Test
    void whatIsNotThereIsAUsageError() {
        assertThat(pin("show", "nothing")).isEqualTo(Pin.USAGE);
        assertThat(err).contains("there is no such plan");
    }

    @Test
    void anUnpinnedPlanIsGone() {
        assertThat(pin("unpin", "claim")).isZero();
        assertThat(swarm.pinned).containsOnlyKeys("other");
    }

    /** Dropped, it would be another swarm's plans that go. */
    @Test
    void whatStandsBeforeACommandOfPlanIsRefused() {
        assertThat(pin("--endpoint=localhost:1", "unpin", "claim")).isEqualTo(Pin.USAGE);
        assertThat(err).contains("--endpoint").contains("behind 'unpin'");
        assertThat(swarm.pinned).containsOnlyKeys("claim", "other");
        assertThat(pin("--json", "pins")).isEqualTo(Pin.USAGE);
        assertThat(err).contains("--json").contains("behind 'pins'");
        assertThat(pin("-i", "Summarise", "show", "claim")).isEqualTo(Pin.USAGE);
        assertThat(pin("task.yaml", "show", "claim")).isEqualTo(Pin.USAGE);
        assertThat(err).contains("TASK");
        assertThat(pin("--help", "show")).isZero();
        assertThat(out).containsOnlyOnce("Usage: pin plan");
    }

    @Test
    void equalPlansHaveNoDifference() throws Exception {
        assertThat(pin("diff", "claim@3", file("plan.json", JsonFormat.printer().print(PLAN))))
                .as("%s", err)
                .isZero();
        assertThat(out).contains("The plans are equal.");
    }

    @Test
    void differencesAreSaidInPlainWords() throws Exception {
        assertThat(pin("diff", "claim", "other")).isEqualTo(1);
        assertThat(out.strip()).isEqualTo("step 'sum', input 'text': was from input 'email', is from input 'receipt'");
        // As 'show --json' writes it.
        String pinned = file("pinned.json", JsonFormat.printer().print(swarm.pinned.get("other")));
        assertThat(pin("diff", "claim", pinned)).isEqualTo(1);
    }

    @Test
    void whatIsNoPlanIsAUsageError() throws Exception {
        assertThat(pin("diff", "claim", file("a.json", "{\"steps\": 3}"))).isEqualTo(Pin.USAGE);
        assertThat(err).startsWith("pin plan diff: '").contains("is not a plan as JSON");
        assertThat(pin("diff", "claim", file("b.json", "{}"))).isEqualTo(Pin.USAGE);
        assertThat(pin("diff", "claim", "no.json")).isEqualTo(Pin.USAGE);
        assertThat(err).contains("there is no file 'no.json'");
    }

    @Test
    void aGoldenTaskIsThePinnedOneWhereItSaysNothing() throws Exception {
        assertThat(pin("golden", file("golden.yaml", "- pinned: claim\n")))
                .as(err)
                .isZero();
        assertThat(out).contains("1  claim@3  as pinned").contains("All 1 as pinned.");
        Task planned = swarm.planned.get(0);
        assertThat(planned.getInstruction()).isEqualTo("Summarise the e-mail");
        assertThat(planned.getInputsList()).extracting(Artifact::getName).containsExactly("email", "pages");
        assertThat(planned.getInputs(1).hasItems()).isTrue();
        assertThat(planned.getPinnedPlan()).as("planned anew").isEmpty();
    }

    @Test
    void aGoldenTaskWithAnotherPlanIsToldOf() throws Exception {
        String golden = file("golden.yaml", """
                - pinned: claim@3
                  instruction: Give me the e-mail in a line
                  inputs:
                    - {name: email, type: text}
                - pinned: other
                """);
        assertThat(pin("golden", golden)).isEqualTo(1);
        assertThat(out)
                .contains("1  claim@3  as pinned")
                .contains("2  other@3  differs")
                .contains("     step 'sum', input 'text': was from input 'receipt', is from input 'email'")
                .contains("1 of 2 differs.");
        assertThat(swarm.planned.get(0).getInstruction()).isEqualTo("Give me the e-mail in a line");
    }

    @Test
    void aGoldenTaskThatIsRefusedDiffers() throws Exception {
        swarm.answer = PlanTaskResponse.newBuilder()
                .setRefusal(Refusal.newBuilder()
                        .setReason(Refusal.Reason.NO_SPECIALIST)
                        .setMessage("nobody sums"))
                .build();
        assertThat(pin("golden", file("golden.yaml", "- pinned: claim\n"))).isEqualTo(1);
        assertThat(out).contains("is refused now, NO_SPECIALIST: nobody sums");
    }

    @Test
    void aGoldenTaskThatCanNotBePlannedDiffersAndTheOthersAreLookedAt() throws Exception {
        swarm.wrong = Optional.of(
                PinfactoryException.of(ErrorCode.INVALID_ARGUMENT, "inputs[0].type", "'scan' is not a type"));
        String golden = file("golden.yaml", """
                - pinned: gone@2
                - pinned: claim
                - pinned: other
                """);
        assertThat(pin("golden", golden)).isEqualTo(1);
        assertThat(out.lines())
                .containsExactly(
                        "1  gone@2  differs",
                        "     there is no such plan (NOT_FOUND)",
                        "2  claim@3  differs",
                        "     inputs[0].type: 'scan' is not a type (INVALID_ARGUMENT)",
                        "3  other@3  differs",
                        "     inputs[0].type: 'scan' is not a type (INVALID_ARGUMENT)",
                        "3 of 3 differ.");
    }

    @Test
    void goldenStopsWhereTheSwarmIsAway() throws Exception {
        swarm.wrong = Optional.of(new PinfactoryException(ErrorCode.UNAVAILABLE, "the router is not available"));
        assertThat(pin("golden", file("golden.yaml", "- pinned: claim\n- pinned: other\n")))
                .isEqualTo(Pin.INTERNAL_ERROR);
        assertThat(err).contains("the router is not available (UNAVAILABLE)");
        assertThat(swarm.planned).hasSize(1);
    }

    @Test
    void whatIsWrongWithAGoldenFileIsSaidWithItsTask() throws Exception {
        assertThat(pin("golden", file("a.yaml", "pinned: claim\n"))).isEqualTo(Pin.USAGE);
        assertThat(err).contains("is not a list of tasks");
        assertThat(pin("golden", file("b.yaml", "- pinned: claim\n- instruction: x\n")))
                .isEqualTo(Pin.USAGE);
        assertThat(err).contains("task 2 of").contains("has no 'pinned'");
        assertThat(pin("golden", file("c.yaml", "- {pinned: claim, inptus: []}\n")))
                .isEqualTo(Pin.USAGE);
        assertThat(err).contains("task 1 of").contains("inptus: is not a field of Task");
        assertThat(pin("golden", file("d.yaml", "- {pinned: claim, pinnedPlan: other}\n")))
                .isEqualTo(Pin.USAGE);
        assertThat(err).contains("brings its plan");
    }
}
