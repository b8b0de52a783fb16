package dev.pinfactory.orchestrator.service.quota;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The quotas of this swarm.
 *
 * @param currency ISO 4217 code of what language models may cost
 * @param usual of a tenant that has no quota of its own
 * @param tenants quotas of single tenants, each instead of the usual one as a whole
 */
public record QuotaSettings(
        @DefaultValue("USD") String currency,
        @Nullable Quota usual,
        @DefaultValue Map<String, Quota> tenants) {
    public QuotaSettings {
        tenants = Map.copyOf(tenants);
        if (!currency.matches("[A-Z]{3}")) {
            throw new IllegalArgumentException(
                    "quotas.currency: three capital letters are expected, such as EUR, got '" + currency + "'");
        }
    }

    Quota of(String tenant) {
        Quota others = usual == null ? Quota.NONE : usual;
        return tenants.getOrDefault(tenant, others);
    }
}
