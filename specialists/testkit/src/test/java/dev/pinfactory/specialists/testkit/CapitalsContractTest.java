package dev.pinfactory.specialists.testkit;

class CapitalsContractTest extends SpecialistBeanContract {
    @Override
    protected Object specialist() {
        return new Capitals();
    }
}
