package dev.pinfactory.orchestrator.service.rest;

import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** The files of the page that shows the API. */
@Configuration(proxyBeanMethods = false)
class RestConfiguration implements WebMvcConfigurer {
    private final SwaggerFiles files = SwaggerFiles.find();

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        registry.addResourceHandler("/docs/ui/**").addResourceLocations(files.location());
    }
}
