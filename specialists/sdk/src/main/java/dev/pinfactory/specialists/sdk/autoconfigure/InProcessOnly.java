package dev.pinfactory.specialists.sdk.autoconfigure;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.core.env.Environment;

/** Boot starts a server on a port beside the in-process one. Where all roles are one process nobody would call it. */
final class InProcessOnly implements BeanDefinitionRegistryPostProcessor {
    private static final String[] NETWORK_SERVER = {"nettyGrpcServerLifecycle", "nettyGrpcServerFactory"};

    private final Environment environment;

    InProcessOnly(Environment environment) {
        this.environment = environment;
    }

    @Override
    public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {
        if (!environment.containsProperty("spring.grpc.server.inprocess.name")) {
            return;
        }
        for (String bean : NETWORK_SERVER) {
            if (registry.containsBeanDefinition(bean)) {
                registry.removeBeanDefinition(bean);
            }
        }
    }

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory factory) {}
}
