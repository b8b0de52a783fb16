package dev.pinfactory.specialists.fraud;

import dev.pinfactory.specialists.testkit.SpecialistBeanContract;

class FraudSpecialistContractTest extends SpecialistBeanContract {
    @Override
    protected Object specialist() {
        return new FraudSpecialist();
    }
}
