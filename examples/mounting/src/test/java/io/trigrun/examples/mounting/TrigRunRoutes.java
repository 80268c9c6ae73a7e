package io.trigrun.examples.mounting;

import io.trigrun.inbound.InboundRoutes;
import io.trigrun.inbound.ServletInbound;
import jakarta.servlet.Servlet;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

// note: Spring MVC
@Configuration(proxyBeanMethods = false)
class TrigRunRoutes {

  @Bean
  ServletRegistrationBean<Servlet> trigrunRoutes(InboundRoutes routes) {
    return new ServletRegistrationBean<>(ServletInbound.of(routes), "/v1/*");
  }
}
// end of note
