package dev.pinfactory.specialists.maintenance;

import dev.pinfactory.specialists.testkit.SpecialistBeanContract;

class MaintenanceSpecialistContractTest extends SpecialistBeanContract {
    @Override
    protected Object specialist() {
        return new MaintenanceSpecialist();
    }
}
