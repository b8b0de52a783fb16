package dev.pinfactory.specialists.testkit;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** What the contract test found. */
record Report(String address, List<Report.Line> checks) {
    /** How one check ended. */
    record Line(String name, boolean passed, String detail, long millis) {
        static Line of(Check check) {
            long start = System.nanoTime();
            String detail = "";
            try {
                check.body().run();
            } catch (ContractViolation violation) {
                detail = String.valueOf(violation.getMessage());
            } catch (Exception e) {
                detail = "could not be checked: " + e.getMessage();
            }
            return new Line(check.name(), detail.isEmpty(), detail, (System.nanoTime() - start) / 1_000_000);
        }

        @Override
        public String toString() {
            String line = (passed ? "ok    " : "FAILED") + " " + name + " (" + millis + " ms)";
            return passed ? line : line + "\n       " + detail;
        }
    }

    boolean passed() {
        return checks.stream().allMatch(Line::passed);
    }

    String summary() {
        long failed = checks.stream().filter(check -> !check.passed()).count();
        return "\n" + address + ": " + (checks.size() - failed) + " of " + checks.size() + " checks passed";
    }

    String toJson() {
        return JsonMapper.shared()
                .writerWithDefaultPrettyPrinter()
                .writeValueAsString(Map.of("address", address, "passed", passed(), "checks", checks));
    }
}
