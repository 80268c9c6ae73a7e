package io.trigrun.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.nio.file.Path;
import java.security.Principal;
import java.util.Optional;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same in a container, Tomcat. */
class ServletInboundTest extends InboundContract {

  @TempDir Path home;
  private Tomcat tomcat;

  @BeforeEach
  void create() {
    tomcat = new Tomcat();
    tomcat.setBaseDir(home.toString());
    tomcat.setPort(0);
    tomcat.getConnector().setProperty("address", "127.0.0.1");
    tomcat.getConnector().setProperty("connectionTimeout", "300"); // also for a read that waits
    tomcat.getConnector().setProperty("keepAliveTimeout", "60000");
  }

  @AfterEach
  void stop() throws LifecycleException {
    tomcat.stop();
    tomcat.destroy();
  }

  @Override
  void mount(String path, InboundRoutes routes, InboundLimits limits) {
    start(mounted("", path.equals("/") ? "/*" : path + "/*", routes, limits));
  }

  @Override
  int port() {
    return tomcat.getConnector().getLocalPort();
  }

  private Context mounted(
      String application, String mapping, InboundRoutes routes, InboundLimits limits) {
    Context context = tomcat.addContext(application, home.toString());
    Tomcat.addServlet(context, "trigrun", ServletInbound.of(routes, limits));
    context.addServletMappingDecoded(mapping, "trigrun");
    return context;
  }

  private void start(Context context) {
    try {
      tomcat.start();
      assertThat(context.getState().isAvailable()).isTrue();
    } catch (LifecycleException e) {
      throw new IllegalStateException("expected Tomcat to start", e);
    }
  }

  @Test
  void the_path_of_the_application_is_no_part_of_the_routes() throws Exception {
    start(
        mounted(
            "/my app",
            "/v1/*",
            request -> Optional.of(InboundResponse.json(200, request.path())),
            InboundLimits.defaults()));

    assertThat(get("/my%20app/v1/a/b").body()).isEqualTo("/a/b");
    assertThat(get("/v1/a/b").statusCode()).isEqualTo(404);
  }

  @Test
  void in_place_of_the_default_servlet_it_has_all_paths() throws Exception {
    start(
        mounted(
            "",
            "/",
            request -> Optional.of(InboundResponse.json(200, request.path())),
            InboundLimits.defaults()));

    assertThat(get("/a/b").body()).isEqualTo("/a/b");
    assertThat(get("/").body()).isEqualTo("/");
  }

  @Test
  void routes_learn_whom_the_host_has_authenticated() throws Exception {
    Context context =
        mounted(
            "",
            "/v1/*",
            request -> request.principal().map(who -> InboundResponse.json(200, who.getName())),
            InboundLimits.defaults());
    before(
        context,
        (request, response, chain) ->
            chain.doFilter(new AsAda((HttpServletRequest) request), response));
    start(context);

    assertThat(get("/v1/x").body()).isEqualTo("ada");
  }

  private static void before(Context context, Filter filter) {
    FilterDef definition = new FilterDef();
    definition.setFilterName("login");
    definition.setFilter(filter);
    context.addFilterDef(definition);
    FilterMap everywhere = new FilterMap();
    everywhere.setFilterName("login");
    everywhere.addURLPattern("/*");
    context.addFilterMap(everywhere);
  }

  private static final class AsAda extends HttpServletRequestWrapper {

    AsAda(HttpServletRequest request) {
      super(request);
    }

    @Override
    public Principal getUserPrincipal() {
      return () -> "ada";
    }
  }
}
