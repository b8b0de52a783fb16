package dev.pinfactory.specialists.forecast;

import dev.pinfactory.specialists.testkit.SpecialistBeanContract;

class ForecastSpecialistContractTest extends SpecialistBeanContract {
    @Override
    protected Object specialist() {
        return new ForecastSpecialist();
    }
}
