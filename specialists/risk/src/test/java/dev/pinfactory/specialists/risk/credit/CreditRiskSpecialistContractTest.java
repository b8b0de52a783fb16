package dev.pinfactory.specialists.risk.credit;

import dev.pinfactory.specialists.testkit.SpecialistBeanContract;

class CreditRiskSpecialistContractTest extends SpecialistBeanContract {
    @Override
    protected Object specialist() {
        return new CreditRiskSpecialist();
    }
}
