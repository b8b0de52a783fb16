package dev.pinfactory.specialists.emotion;

import dev.pinfactory.specialists.testkit.SpecialistBeanContract;

class EmotionSpecialistContractTest extends SpecialistBeanContract {
    @Override
    protected Object specialist() {
        return new EmotionSpecialist();
    }
}
