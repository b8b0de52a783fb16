package dev.pinfactory.orchestrator.service.rest;

import org.apache.catalina.core.StandardHost;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** The files of the page that shows the API, and what Tomcat has to tell. */
@Configuration(proxyBeanMethods = false)
class RestConfiguration implements WebMvcConfigurer {
    private final SwaggerFiles files = SwaggerFiles.find();

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        registry.addResourceHandler("/docs/ui/**").addResourceLocations(files.location());
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> connectionValve() {
        return tomcat -> tomcat.addContextValves(new Connection.Valve());
    }

    /** What Tomcat refuses by itself, such as a broken request line, it answers through the host. */
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> problemValve() {
        return tomcat -> tomcat.addContextCustomizers(context -> {
            if (context.getParent() instanceof StandardHost host) {
                host.setErrorReportValveClass(ProblemValve.class.getName());
            }
        });
    }
}
