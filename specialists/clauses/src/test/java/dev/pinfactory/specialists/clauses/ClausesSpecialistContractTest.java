package dev.pinfactory.specialists.clauses;

import dev.pinfactory.specialists.testkit.SpecialistBeanContract;
import org.junit.jupiter.api.Tag;

/** Takes long: the contract has a text of 160,000 characters read four times. */
@Tag("long")
class ClausesSpecialistContractTest extends SpecialistBeanContract {
    @Override
    protected Object specialist() {
        return new ClausesSpecialist();
    }
}
