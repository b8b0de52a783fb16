package dev.pinfactory.specialists.risk;

import dev.pinfactory.specialists.testkit.SpecialistBeanContract;

class RiskSpecialistContractTest extends SpecialistBeanContract {
    @Override
    protected Object specialist() {
        return new RiskSpecialist();
    }
}
