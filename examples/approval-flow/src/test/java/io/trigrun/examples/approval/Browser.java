package io.trigrun.examples.approval;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/**
 * The Chromium of this machine, without a window and with scripts turned off. Nothing is
 * downloaded: browser and driver have to be on the PATH.
 */
final class Browser implements AutoCloseable {

  static final String MISSING =
      "Skipped: no chromium and chromedriver on the PATH, so no browser was tried;"
          + " Debian: apt-get install chromium chromium-driver";

  /** It would warn that it has no classes for so new a browser; none are used. */
  private static final Logger DEVTOOLS = Logger.getLogger("org.openqa.selenium.devtools");

  private final ChromeDriver driver;

  private Browser(ChromeDriver driver) {
    this.driver = driver;
  }

  /** Empty where there is none. */
  static Optional<Browser> open() {
    Optional<Path> chromium = onPath("chromium", "chromium-browser", "google-chrome");
    Optional<Path> driver = onPath("chromedriver");
    return chromium.isPresent() && driver.isPresent()
        ? Optional.of(start(chromium.get(), driver.get().toFile()))
        : Optional.empty();
  }

  private static Browser start(Path chromium, File driver) {
    DEVTOOLS.setLevel(Level.SEVERE);
    ChromeOptions options = new ChromeOptions();
    options.setBinary(chromium.toFile());
    options.addArguments(
        "--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--hide-scrollbars");
    ChromeDriverService service =
        new ChromeDriverService.Builder().usingDriverExecutable(driver).usingAnyFreePort().build();
    Browser browser = new Browser(new ChromeDriver(service, options));
    browser.tell("Emulation.setScriptExecutionDisabled", Map.of("value", true));
    return browser;
  }

  private static Optional<Path> onPath(String... names) {
    List<Path> folders =
        Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
            .map(Path::of)
            .toList();
    return Stream.of(names)
        .flatMap(name -> folders.stream().map(folder -> folder.resolve(name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private Map<String, Object> tell(String command, Map<String, Object> parameters) {
    return driver.executeCdpCommand(command, parameters);
  }

  void open(String url) {
    driver.get(url);
  }

  /** What a person reads, on the page that comes if one is about to. */
  String text() {
    while (true) { // the test's own time limit ends it
      try {
        return driver.findElement(By.tagName("main")).getText();
      } catch (StaleElementReferenceException e) { // that was the page before
      }
    }
  }

  String source() {
    return String.valueOf(driver.getPageSource());
  }

  List<String> texts(String css) {
    return driver.findElements(By.cssSelector(css)).stream().map(WebElement::getText).toList();
  }

  void type(String field, String text) {
    driver.findElement(By.name(field)).sendKeys(text);
  }

  void press(String button) {
    driver.findElement(By.xpath("//button[normalize-space()='" + button + "']")).click();
  }

  /** A screen of this many points, a phone's for example. */
  void show(int width, boolean isDark) {
    tell(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", 700, "deviceScaleFactor", 1, "mobile", width < 600));
    Map<String, Object> scheme =
        Map.of("name", "prefers-color-scheme", "value", isDark ? "dark" : "light");
    tell("Emulation.setEmulatedMedia", Map.of("features", List.of(scheme)));
  }

  /** The colour of the page, as {@code rgb(...)}. */
  String background() {
    return driver.findElement(By.tagName("main")).getCssValue("background-color");
  }

  /** Whether something is wider than the screen. */
  boolean isCutOff() {
    int screen = driver.findElement(By.tagName("html")).getSize().getWidth();
    return driver.findElements(By.cssSelector("main *")).stream()
        .map(WebElement::getRect)
        .anyMatch(place -> place.getX() < 0 || place.getX() + place.getWidth() > screen);
  }

  /** Writes the whole page as PNG. */
  void save(Path file) throws IOException {
    Map<String, Object> shot =
        tell("Page.captureScreenshot", Map.of("format", "png", "captureBeyondViewport", true));
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.write(file, Base64.getDecoder().decode(String.valueOf(shot.get("data"))));
  }

  @Override
  public void close() {
    driver.quit();
  }
}
