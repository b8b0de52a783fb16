package dev.pinfactory.orchestrator.service.pin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.pinfactory.orchestrator.service.testing.Plans;
import dev.pinfactory.proto.card.Contracts;
import dev.pinfactory.proto.digest.Digests;
import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.error.FieldViolation;
import dev.pinfactory.proto.error.PinfactoryException;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.ArtifactList;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.proto.v1.Fallback;
import dev.pinfactory.proto.v1.Parameter;
import dev.pinfactory.proto.v1.PinnedPlan;
import dev.pinfactory.proto.v1.Plan;
import dev.pinfactory.proto.v1.Task;
import dev.pinfactory.proto.v1.TypeDeclaration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of a task that names a pinned plan. */
class PinnedTaskTest {
    private static final Contract FIRST = Plans.contract("first").toBuilder()
            .addParameters(Parameter.newBuilder()
                    .setName("tone")
                    .setDefaultValue(Value.newBuilder().setStringValue("plain")))
            .build();
    private static final Contract SECOND = Plans.contract("second");
    private static final Contract SPARE = Plans.contract("spare");
    private static final Contracts THEN = Contracts.of(FIRST, SECOND, SPARE);
    private static final Task TASK = Plans.task("hello");
    private static final PinnedPlan PINNED = pinned();

    private static PinnedPlan pinned() {
        Plan.Builder plan = Plans.chain(FIRST, SECOND).toBuilder();
        plan.getStepsBuilder(1)
                .addFallbacks(Fallback.newBuilder().setSpecialist("spare").setContractDigest(Digests.of(SPARE)));
        return PinnedTasks.describe(TASK)
                .setName("claim")
                .setVersion(2)
                .setPlan(plan)
                .addAllContracts(THEN.all())
                .build();
    }

    private static Task resolve(Task task, Contracts now) {
        return PinnedTask.resolve(PINNED, task, now);
    }

    private static PinfactoryException refused(Task task, Contracts now) {
        return catchThrowableOfType(PinfactoryException.class, () -> resolve(task, now));
    }

    private static Task named() {
        return TASK.toBuilder().setPinnedPlan("claim").clearInstruction().build();
    }

    @Test
    void theTaskGetsInstructionPlanAndVersion() {
        Task task = resolve(named(), THEN);
        assertThat(task.getInstruction()).isEqualTo(TASK.getInstruction());
        assertThat(task.getPinnedPlan()).isEqualTo("claim@2");
        assertThat(task.getPlan().getStepsList()).isEqualTo(PINNED.getPlan().getStepsList());
        assertThat(task.getInputsList()).isEqualTo(TASK.getInputsList());
        assertThat(resolve(TASK, THEN).getPlan()).isEqualTo(task.getPlan());
    }

    @Test
    void aCompatibleCardIsTakenAsItIsNow() {
        Contract reworded = FIRST.toBuilder().setSummary("Rewrites any text").build();
        Contract spare = SPARE.toBuilder().setSummary("Stands in").build();
        Task task = resolve(named(), Contracts.of(reworded, SECOND, spare));
        assertThat(task.getPlan().getSteps(0).getContractDigest()).isEqualTo(Digests.of(reworded));
        assertThat(task.getPlan().getSteps(1).getContractDigest()).isEqualTo(Digests.of(SECOND));
        assertThat(task.getPlan().getSteps(1).getFallbacks(0).getContractDigest())
                .isEqualTo(Digests.of(spare));
    }

    @Test
    void eachDifferenceOfEachCardIsNamed() {
        Contract.Builder changed = FIRST.toBuilder();
        changed.getInputsBuilder(0).setName("letter");
        changed.getOutputsBuilder(0).setType("record");
        PinfactoryException refusal = refused(named(), Contracts.of(changed.build(), SPARE));
        assertThat(refusal.code()).isEqualTo(ErrorCode.FAILED_PRECONDITION);
        assertThat(refusal).hasMessageContaining("claim@2").hasMessageContaining("pin it anew");
        assertThat(refusal.violations())
                .containsExactlyInAnyOrder(
                        new FieldViolation("contracts[first].inputs[text]", "is no longer there"),
                        new FieldViolation("contracts[first].inputs[letter]", "is new and not optional"),
                        new FieldViolation("contracts[first].outputs[text].type", "was text, is record"),
                        new FieldViolation("contracts[second]", "is no longer in the swarm"));
    }

    @Test
    void aFallbackBelongsToThePlan() {
        assertThat(refused(named(), Contracts.of(FIRST, SECOND)).violations())
                .containsExactly(new FieldViolation("contracts[spare]", "is no longer in the swarm"));
    }

    @Test
    void aDefaultThatAStepLeavesOpenBelongsToThePlan() {
        Contract.Builder changed = FIRST.toBuilder();
        changed.getParametersBuilder(0).setDefaultValue(Value.newBuilder().setStringValue("formal"));
        assertThat(refused(named(), Contracts.of(changed.build(), SECOND, SPARE))
                        .violations())
                .containsExactly(new FieldViolation(
                        "contracts[first].parameters[tone].default_value",
                        "was \"plain\", is \"formal\", and step 'first' leaves it to the default"));
    }

    private static Contract speaking(Contract contract, String... languages) {
        return contract.toBuilder()
                .clearLanguages()
                .addAllLanguages(List.of(languages))
                .build();
    }

    private static Task in(String language) {
        Task.Builder task = named().toBuilder();
        task.getInputsBuilder(0).setLanguage(language);
        return task.build();
    }

    /** It goes along the bindings: the second step reads what the first one made of the note, and so would its fallback. */
    @Test
    void aLanguageThatReachesAStepBelongsToThePlan() {
        Contracts english = Contracts.of(FIRST, speaking(SECOND, "en"), speaking(SPARE, "fr", "en"));
        assertThat(refused(in("de"), english).violations())
                .containsExactly(
                        new FieldViolation(
                                "contracts[second].languages", "was any, is [en], and step 'second' reads de"),
                        new FieldViolation(
                                "contracts[spare].languages", "was any, is [fr, en], and step 'second' reads de"));
        assertThat(resolve(in("en-GB"), english).hasPlan()).isTrue();
        assertThat(resolve(named(), english).hasPlan())
                .as("nobody says what language it is in")
                .isTrue();
    }

    @Test
    void theLanguageThatWasPinnedHoldsWhereTheTaskNamesNone() {
        PinnedPlan.Builder german = PINNED.toBuilder();
        german.getInputsBuilder(0).setLanguage("de");
        german.setContracts(0, speaking(FIRST, "en", "de"));
        Contracts now = Contracts.of(speaking(FIRST, "en"), SECOND, SPARE);
        assertThat(catchThrowableOfType(
                                PinfactoryException.class, () -> PinnedTask.resolve(german.build(), named(), now))
                        .violations())
                .containsExactly(new FieldViolation(
                        "contracts[first].languages", "was [en, de], is [en], and step 'first' reads de"));
        assertThat(PinnedTask.resolve(german.build(), in("en"), now).hasPlan()).isTrue();
        german.setContracts(0, speaking(FIRST, "en"));
        assertThat(PinnedTask.resolve(german.build(), named(), now).hasPlan())
                .as("it did not understand it then either")
                .isTrue();
    }

    @Test
    void aDeclaredTypeKeepsItsSchema() {
        TypeDeclaration type = TypeDeclaration.newBuilder()
                .setName("acme/invoice")
                .setParent("record")
                .setJsonSchema(schema("object"))
                .build();
        Contract declaring = SECOND.toBuilder().addTypes(type).build();
        PinnedPlan plan =
                PINNED.toBuilder().clearContracts().addContracts(declaring).build();
        Contract reworded = SECOND.toBuilder()
                .addTypes(type.toBuilder().setDescription("An invoice"))
                .build();
        Contract other = SECOND.toBuilder()
                .addTypes(type.toBuilder().setJsonSchema(schema("array")))
                .build();
        assertThat(CardDifferences.between(plan, Contracts.of(reworded))).isEmpty();
        assertThat(CardDifferences.between(plan, Contracts.of(other)))
                .extracting(FieldViolation::field)
                .containsExactly("contracts[second].types[acme/invoice]");
        assertThat(CardDifferences.between(plan, Contracts.of(SECOND)))
                .containsExactly(new FieldViolation("contracts[second].types[acme/invoice]", "is no longer declared"));
    }

    @Test
    void everythingThatIsWrongWithTheTaskIsNamed() {
        Task.Builder task = TASK.toBuilder()
                .setInstruction("do something else")
                .setOutputSchema(schema("object"))
                .setInputs(0, Artifact.newBuilder().setName("letter").setType("text"));
        PinfactoryException refusal = refused(task.build(), THEN);
        assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
        assertThat(refusal.violations())
                .containsExactly(
                        new FieldViolation(
                                "instruction",
                                "is another one than that of claim@2; leave it out, or give the pinned one"),
                        new FieldViolation(
                                "output_schema",
                                "is another one than that of claim@2; leave it out, or give the pinned one"),
                        new FieldViolation("inputs[0].name", "'letter' is not an input of claim@2; expected note"),
                        new FieldViolation("inputs[note]", "is missing; claim@2 takes text"));
    }

    @Test
    void anInputHasThePinnedTypeAndCardinality() {
        Task.Builder image = named().toBuilder();
        image.getInputsBuilder(0).setType("image");
        assertThat(refused(image.build(), THEN).violations())
                .containsExactly(new FieldViolation("inputs[0].type", "'image' came; claim@2 takes text"));
        Task.Builder list = named().toBuilder();
        list.getInputsBuilder(0).setItems(ArtifactList.getDefaultInstance());
        assertThat(refused(list.build(), THEN).violations())
                .containsExactly(new FieldViolation("inputs[0].items", "a list came; claim@2 takes text"));
    }

    private static Struct schema(String type) {
        return Struct.newBuilder()
                .putFields("type", Value.newBuilder().setStringValue(type).build())
                .build();
    }
}
