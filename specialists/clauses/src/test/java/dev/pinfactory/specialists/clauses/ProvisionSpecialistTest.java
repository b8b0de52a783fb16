package dev.pinfactory.specialists.clauses;

import dev.pinfactory.specialists.testkit.SpecialistBeanContract;

class ProvisionSpecialistTest extends SpecialistBeanContract {
    @Override
    protected Object specialist() {
        return new ProvisionSpecialist();
    }
}
