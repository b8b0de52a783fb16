package dev.pinfactory.specialists.faq;

import dev.pinfactory.specialists.testkit.SpecialistBeanContract;

class FaqSpecialistContractTest extends SpecialistBeanContract {
    @Override
    protected Object specialist() {
        return new FaqSpecialist();
    }
}
