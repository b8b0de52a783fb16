package dev.pinfactory.router.service;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;

/** Boot starts a server on a port beside the in-process one; this takes it away where no port was asked for. */
final class InProcessOnly implements BeanDefinitionRegistryPostProcessor {
    private static final String[] NETWORK_SERVER = {"nettyGrpcServerLifecycle", "nettyGrpcServerFactory"};

    private final boolean portAskedFor;

    InProcessOnly(boolean portAskedFor) {
        this.portAskedFor = portAskedFor;
    }

    @Override
    public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {
        if (portAskedFor) {
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
