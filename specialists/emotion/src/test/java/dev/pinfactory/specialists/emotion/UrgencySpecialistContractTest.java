package dev.pinfactory.specialists.emotion;

import dev.pinfactory.specialists.testkit.SpecialistBeanContract;

class UrgencySpecialistContractTest extends SpecialistBeanContract {
    @Override
    protected Object specialist() {
        return new UrgencySpecialist();
    }
}
