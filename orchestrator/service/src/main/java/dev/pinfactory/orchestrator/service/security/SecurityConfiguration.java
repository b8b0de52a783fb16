package dev.pinfactory.orchestrator.service.security;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import dev.pinfactory.orchestrator.service.OrchestratorProperties;
import dev.pinfactory.orchestrator.service.rest.Problems;
import dev.pinfactory.orchestrator.service.task.Tenants;
import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.error.PinfactoryException;
import java.io.IOException;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.flywaydb.core.Flyway;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.grpc.server.GlobalServerInterceptor;
import org.springframework.grpc.server.security.AuthenticationProcessInterceptor;
import org.springframework.grpc.server.security.GrpcSecurity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationConverter;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.context.SecurityContextHolderFilter;

/** One table of rules for REST and gRPC alike: with authentication configured everything but health and the description of the API needs a token with a role. */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {
    /** Asymmetric ones only: a public key must never serve as a shared secret. */
    private static final Set<JWSAlgorithm> ALGORITHMS =
            Set.of(JWSAlgorithm.RS256, JWSAlgorithm.PS256, JWSAlgorithm.ES256);

    private static final String[] OPEN = {"/actuator/health/**", "/v1/openapi.json", "/docs", "/docs/**"};

    @Bean
    Tenants tenants(OrchestratorProperties properties, Environment environment) {
        OrchestratorProperties.Authentication authentication = properties.authentication();
        BindCheck.check(environment, authentication.configured());
        return authentication.configured() ? Tenants.fromClaim(authentication.tenantClaim()) : Tenants.local();
    }

    @Bean
    @Conditional(OnIssuer.class)
    JwtDecoder jwtDecoder(OrchestratorProperties properties, ApiKeys apiKeys) {
        OrchestratorProperties.Authentication authentication = properties.authentication();
        NimbusJwtDecoder decoder = decoder(
                authentication.jwkSetFile().isEmpty()
                        ? IssuerKeys.at(authentication.jwkSetUri())
                        : local(authentication.jwkSetFile()));
        List<OAuth2TokenValidator<Jwt>> validators = new ArrayList<>();
        validators.add(JwtValidators.createDefaultWithIssuer(authentication.issuer()));
        validators.add(new JwtClaimValidator<Object>("exp", expiry -> expiry != null));
        if (!authentication.audience().isEmpty()) {
            validators.add(new JwtClaimValidator<List<String>>(
                    "aud", audience -> audience != null && audience.contains(authentication.audience())));
        }
        decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(validators));
        return new ApiKeyDecoder(apiKeys, decoder, authentication);
    }

    @Bean
    ApiKeys apiKeys(Flyway migrated, JdbcClient jdbc, Clock clock) {
        return new ApiKeys(jdbc, clock);
    }

    @Bean
    ApiKeyService apiKeyService(ApiKeys keys, Tenants tenants, Clock clock) {
        return new ApiKeyService(keys, tenants, clock);
    }

    private static NimbusJwtDecoder decoder(JWKSource<SecurityContext> keys) {
        DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, keys));
        // The claims are looked at above, as those of any other token.
        processor.setJWTClaimsSetVerifier((claims, context) -> {});
        return new NimbusJwtDecoder(processor);
    }

    private static JWKSource<SecurityContext> local(String file) {
        JWKSet keys;
        try {
            keys = JWKSet.load(Path.of(file).toFile());
        } catch (IOException | ParseException e) {
            throw new IllegalStateException(
                    "pinfactory.orchestrator.authentication.jwk-set-file is '" + file
                            + "', which is no file with a JSON Web Key Set",
                    e);
        }
        return new ImmutableJWKSet<>(keys);
    }

    @Bean
    AccessRules accessRules() {
        return AccessRules.served();
    }

    @Bean
    JwtAuthenticationConverter tokenRoles(OrchestratorProperties properties) {
        JwtAuthenticationConverter converter = new JwtAuthenticationConverter();
        OrchestratorProperties.Authentication authentication = properties.authentication();
        converter.setJwtGrantedAuthoritiesConverter(
                new TokenRoles(authentication.rolesClaim(), authentication.tenantClaim()));
        return converter;
    }

    @Bean
    @Conditional(OnIssuer.class)
    SecurityFilterChain authenticated(HttpSecurity http, AccessRules rules, JwtAuthenticationConverter roles)
            throws Exception {
        return stateless(http)
                .authorizeHttpRequests(requests -> {
                    requests.requestMatchers(OPEN).permitAll();
                    requests.requestMatchers("/actuator/**").hasAuthority(Role.OPERATOR.authority());
                    rules.all()
                            .forEach(rule -> rule.routes()
                                    .forEach(route -> requests.requestMatchers(route.method(), route.path())
                                            .hasAnyAuthority(rule.authorities())));
                    requests.anyRequest().denyAll();
                })
                .oauth2ResourceServer(server -> server.bearerTokenResolver(new OneToken())
                        .jwt(jwt -> jwt.jwtAuthenticationConverter(roles))
                        .authenticationEntryPoint((request, response, failure) -> {
                            response.setHeader("WWW-Authenticate", "Bearer");
                            Problems.write(
                                    response,
                                    new PinfactoryException(
                                            ErrorCode.UNAUTHENTICATED, "a valid bearer token is needed"));
                        })
                        .accessDeniedHandler((request, response, failure) -> Problems.write(
                                response,
                                new PinfactoryException(
                                        ErrorCode.PERMISSION_DENIED, "the token's roles do not allow this"))))
                .build();
    }

    @Bean
    @Conditional(OnNoIssuer.class)
    SecurityFilterChain loopback(HttpSecurity http) throws Exception {
        return stateless(http)
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .addFilterBefore(new LoopbackHostFilter(), SecurityContextHolderFilter.class)
                .build();
    }

    private static HttpSecurity stateless(HttpSecurity http) throws Exception {
        // No cookies, so nothing that another site could ride on; and no redirects to a login.
        return http.csrf(AbstractHttpConfigurer::disable)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable);
    }

    /** Before the token is looked at. */
    @Bean
    @GlobalServerInterceptor
    @Order(Ordered.HIGHEST_PRECEDENCE)
    @Conditional(OnIssuer.class)
    OneToken grpcToken() {
        return new OneToken();
    }

    /** A method without a rule is refused. */
    @Bean
    @GlobalServerInterceptor
    @Conditional(OnIssuer.class)
    AuthenticationProcessInterceptor grpcAuthentication(
            GrpcSecurity grpc, AccessRules rules, JwtAuthenticationConverter roles) throws Exception {
        return grpc.authorizeRequests(requests -> {
                    requests.methods("grpc.health.v1.Health/*").permitAll();
                    requests.methods(
                                    "grpc.reflection.v1.ServerReflection/*",
                                    "grpc.reflection.v1alpha.ServerReflection/*")
                            .authenticated();
                    rules.all().forEach(rule -> requests.methods(rule.call()).hasAnyAuthority(rule.authorities()));
                    requests.allRequests().denyAll();
                })
                .oauth2ResourceServer(server -> server.jwt(jwt -> jwt.jwtAuthenticationConverter(roles)))
                .build();
    }
}
